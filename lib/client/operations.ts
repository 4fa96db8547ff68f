import type { operations } from "./generated/api.js";

/** The `operationId` of an operation in the collector's OpenAPI file. */
export type OperationName = keyof operations;

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : never;
type Body<O> = O extends { requestBody: infer B } ? Json<B> : unknown;
type Query<O> = O extends { parameters: { query?: infer Q } }
  ? [Q] extends [never]
    ? unknown
    : NonNullable<Q>
  : unknown;
type Path<O> = O extends { parameters: { path: infer P } } ? P : unknown;

/** The parameters of an operation, and the members of its request body. */
export type Input<N extends OperationName> = Query<operations[N]> & Path<operations[N]> & Body<operations[N]>;

/** The answer of an operation. */
export type Answer<N extends OperationName> = Json<operations[N]["responses"][200]>;
