import { Option } from "commander";
import type { OperationName } from "../../lib/client/index.js";
import document from "../../proto/openapi.json" with { type: "json" };
import { wholeNumber } from "../shared/option-values.js";
import { CLUSTER, HOST, JOB, SPAN, USER } from "./options.js";

/* The parameters of a question are options of its command: one that the API gains needs no change here. */

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly schema: {
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly minimum?: number;
    readonly maximum?: number;
  };
}

/** Parameters that page a list, which all commands have as --limit and --cursor. */
const PAGING = ["limit", "cursor", "snapshot"];

/** Parameters that several questions have, as options with a help of their own. */
const COMMON: ReadonlyMap<string, Option> = new Map(
  [JOB, CLUSTER, USER, HOST, ...SPAN].map((option) => [option.attributeName(), option]),
);

/**
 * The options of a command: its own, and one for each other parameter of the question.
 *
 * @param given - parameters that are arguments of the command.
 */
export function filterOptions(question: OperationName, own: readonly Option[], given: readonly string[]): Option[] {
  const known = [...own.map((option) => option.attributeName()), ...given, ...PAGING];
  const filters = parametersOf(question).filter(({ name }) => !known.includes(name));
  return [...own, ...filters.map((parameter) => COMMON.get(parameter.name) ?? optionOf(parameter))];
}

function parametersOf(question: OperationName): Parameter[] {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods)) as {
    operationId: string;
    parameters?: readonly (Parameter | { readonly $ref: string })[];
  }[];
  const shared = document.components.parameters as Readonly<Record<string, Parameter>>;
  const { parameters = [] } = operations.find(({ operationId }) => operationId === question) ?? {};
  return parameters
    .map((parameter) => ("$ref" in parameter ? shared[parameter.$ref.split("/").at(-1) ?? ""] : parameter))
    .filter((parameter) => parameter?.in === "query") as Parameter[];
}

function optionOf({ name, description = "", schema }: Parameter): Option {
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const isNumber = schema.type === "integer";
  const isSwitch = schema.type === "boolean";
  const value = isSwitch ? "" : ` <${isNumber ? "n" : "text"}>`;
  const help = `${description[0]?.toLowerCase() ?? ""}${description.slice(1).replace(/\.$/, "")}`;
  const option = new Option(`--${flag}${value}`, help);
  if (schema.enum !== undefined) option.choices([...schema.enum]);
  if (isNumber) option.argParser(wholeNumber(schema.minimum ?? 0, schema.maximum ?? Number.MAX_SAFE_INTEGER));
  return option;
}
