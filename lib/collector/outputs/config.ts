import { expectedWholeNumber, isWholeNumber } from "../../shared/whole-number.js";
import { faultTogether, OUTPUT_KINDS, type OutputConfig, type OutputKind } from "./kinds.js";
import type { OptionSchema } from "./schema.js";

/** What is wrong with an output's table, and at which of its keys. */
export class OutputConfigError extends Error {
  readonly key: string;

  constructor(key: string, sentence: string) {
    super(sentence);
    this.key = key;
  }
}

const KIND_NAMES = Object.keys(OUTPUT_KINDS) as OutputKind[];
const STARTS = ["now", "beginning"] as const;

/**
 * An output from a table of the configuration: `kind`, `name` (the kind unless given), `start` and the kind's options.
 *
 * @throws {@link OutputConfigError}.
 */
export function readOutput(table: Readonly<Record<string, unknown>>): OutputConfig {
  const { kind, name = kind, start = "now", ...given } = table;
  const known = KIND_NAMES.find((candidate) => candidate === kind);
  if (known === undefined) throw new OutputConfigError("kind", `expected ${KIND_NAMES.join(", ")}`);
  if (typeof name !== "string" || !/^[A-Za-z0-9][\w-]{0,63}$/.test(name)) {
    throw new OutputConfigError("name", "expected a name of at most 64 letters, digits, _ and -");
  }
  const begin = STARTS.find((candidate) => candidate === start);
  if (begin === undefined) throw new OutputConfigError("start", `expected ${STARTS.join(" or ")}`);
  const { properties, required } = OUTPUT_KINDS[known].options;
  const options: Record<string, unknown> = {};
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(properties, key)) throw new OutputConfigError(key, `no option of ${known}`);
  }
  for (const [key, schema] of Object.entries(properties)) {
    const value = given[key] ?? schema.default;
    if (value === undefined) {
      if (required.includes(key)) throw new OutputConfigError(key, `is needed for ${known}`);
      continue;
    }
    const fault = faultOf(value, schema);
    if (fault !== undefined) throw new OutputConfigError(key, fault);
    options[key] = value;
  }
  const config = { kind: known, name, start: begin, options } as unknown as OutputConfig;
  const [key, sentence] = faultTogether(config) ?? [];
  if (key !== undefined && sentence !== undefined) throw new OutputConfigError(key, sentence);
  return config;
}

function faultOf(value: unknown, schema: OptionSchema): string | undefined {
  switch (schema.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "expected true or false";
    case "integer": {
      const { minimum, maximum } = schema;
      return isWholeNumber(value, minimum, maximum) ? undefined : expectedWholeNumber(minimum, maximum);
    }
    case "string": {
      if (typeof value !== "string" || value.includes("\0")) return "expected a text";
      const { enum: words, pattern, minLength = 0, format } = schema;
      if (value.length < minLength) return "expected a text that is not empty";
      if (words !== undefined && !words.includes(value)) return `expected ${words.join(", ")}`;
      if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) return `expected ${schema.description}`;
      if (format === "uri" && !URL.canParse(value)) return `expected ${schema.description}`;
      return undefined;
    }
  }
}
