import document from "../../../proto/openapi.json" with { type: "json" };
import type { OperationName } from "../../client/index.js";
import type { QuestionName } from "../answers/registry.js";

/*
 * The OpenAPI file is the only description of the API. This module derives the routes and the checks of parameters from
 * it, scripts/generate.mjs the methods of ogrt/client, and clients can download it.
 */

export { document };

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

interface Operation {
  readonly operationId: OperationName;
  readonly tags: readonly string[];
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: object } } };
}

/** A route in fastify's terms. */
export interface ApiRoute {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly schema: { readonly querystring?: object; readonly params?: object; readonly body?: object };
}

const OPERATIONS = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** The operations that a store answers; the registry of answers has the same names. */
export const QUESTION_NAMES = OPERATIONS.filter(({ operation }) => operation.tags.includes("questions")).map(
  ({ operation }) => operation.operationId as QuestionName,
);

/** The route of each operation. */
export const API_ROUTES: ReadonlyMap<OperationName, ApiRoute> = new Map(
  OPERATIONS.map(({ path, method, operation }) => [
    operation.operationId,
    {
      method: method === "get" ? "GET" : "POST",
      url: path.replaceAll(/\{(\w+)\}/g, ":$1"),
      schema: schemaOf(operation),
    },
  ]),
);

function schemaOf({ parameters = [], requestBody }: Operation): ApiRoute["schema"] {
  const all = parameters.map((parameter) => ("$ref" in parameter ? resolve(parameter.$ref) : parameter));
  const inPath = all.filter((parameter) => parameter.in === "path");
  return {
    querystring: object(all.filter((parameter) => parameter.in === "query")),
    ...(inPath.length > 0 && { params: object(inPath) }),
    ...(requestBody !== undefined && { body: requestBody.content["application/json"].schema }),
  };
}

function resolve(reference: string): Parameter {
  const parameters: Record<string, Parameter> = document.components.parameters;
  const found = parameters[reference.replace("#/components/parameters/", "")];
  if (found === undefined) throw new Error(`${reference} is not in the OpenAPI file`);
  return found;
}

/** JSON Schema of parameters; it rejects a parameter that is not listed. */
function object(parameters: readonly Parameter[]): object {
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}
