import type { operations } from "./generated/api.js";

/** Name of an operation of `/api/v1`, as the OpenAPI file calls it. */
export type OperationName = keyof operations;

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : never;
type Body<O> = O extends { requestBody: infer B } ? Json<B> : unknown;
type Query<O> = O extends { parameters: { query?: infer Q } }
  ? [Q] extends [never]
    ? unknown
    : NonNullable<Q>
  : unknown;
type Path<O> = O extends { parameters: { path: infer P } } ? P : unknown;

/** What an operation takes: its parameters, and for orders the members of their body. */
export type Input<N extends OperationName> = Query<operations[N]> & Path<operations[N]> & Body<operations[N]>;

/** What an operation answers. */
export type Answer<N extends OperationName> = Json<operations[N]["responses"][200]>;
