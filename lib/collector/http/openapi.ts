import document from "../../../proto/openapi.json" with { type: "json" };
import type { OperationName } from "../../client/index.js";

/*
 * The OpenAPI file is the one place that says which parameters there are: what checks requests is made from it here, the
 * types of ogrt/client are generated from it, and clients get it as it is.
 */

export { document };

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: object } } };
}

/** A route, as fastify wants it. */
export interface ApiRoute {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly schema: { readonly querystring?: object; readonly params?: object; readonly body?: object };
}

/** The route of each operation. */
export const API_ROUTES = new Map<OperationName, ApiRoute>(
  Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [
      operation.operationId as OperationName,
      {
        method: method === "get" ? "GET" : "POST",
        url: path.replaceAll(/\{(\w+)\}/g, ":$1"),
        schema: schemaOf(operation),
      },
    ]),
  ),
);

function schemaOf({ parameters = [], requestBody }: Operation): ApiRoute["schema"] {
  const all = parameters.map((parameter) => ("$ref" in parameter ? shared(parameter.$ref) : parameter));
  const inPath = all.filter((parameter) => parameter.in === "path");
  return {
    querystring: object(all.filter((parameter) => parameter.in === "query")),
    ...(inPath.length > 0 && { params: object(inPath) }),
    ...(requestBody !== undefined && { body: requestBody.content["application/json"].schema }),
  };
}

function shared(reference: string): Parameter {
  const parameters: Record<string, Parameter> = document.components.parameters;
  const found = parameters[reference.replace("#/components/parameters/", "")];
  if (found === undefined) throw new Error(`${reference} is not in the OpenAPI file`);
  return found;
}

/** JSON Schema of parameters; what is not listed is refused rather than passed over. */
function object(parameters: readonly Parameter[]): object {
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}
