import document from "../../../../proto/openapi.json" with { type: "json" };

interface Parameter {
  name: string;
  in: string;
  schema: Record<string, unknown>;
  required?: boolean;
}

interface Operation {
  operationId: string;
  parameters?: ({ $ref: string } | Parameter)[];
}

/** The questions of the OpenAPI file. */
export const GET_OPERATIONS = Object.entries(document.paths as Record<string, { get?: Operation }>).flatMap(
  ([path, { get }]) => (get === undefined ? [] : [{ path, ...get }]),
);

const shared = document.components.parameters as Record<string, Parameter>;

export const parametersOf = ({ parameters = [] }: Operation) =>
  parameters.map((parameter) => ("$ref" in parameter ? shared[parameter.$ref.split("/").at(-1) ?? ""] : parameter));

/** The query that an operation needs at least. */
export const neededQuery = (operation: Operation, examples: Record<string, string>) =>
  new URLSearchParams(
    parametersOf(operation)
      .filter((parameter) => parameter?.required && parameter.in === "query")
      .map((parameter): [string, string] => [parameter?.name ?? "", examples[parameter?.name ?? ""] ?? ""]),
  );
