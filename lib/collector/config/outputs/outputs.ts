import { normalize } from "node:path";
import type { Located } from "../document.js";
import { type Conflict, type Fields, field, optional, readFields, required, type Values, written } from "../fields.js";
import { choice, DATA_PATH, type Kind, text, type Written } from "../kinds.js";
import { mistake, readAll, unexpected } from "../mistakes.js";
import { ELASTICSEARCH, elasticsearchConflict } from "./elasticsearch.js";
import { JSON_LINES, streamConflict } from "./stream.js";
import { SYSLOG } from "./syslog.js";

const JSON_FILES = {
  directory: field(DATA_PATH, {
    help: "directory of the files",
    more: "A relative path is relative to the data directory.",
    initial: "jobs",
  }),
};

/** The options of each kind of output. lib/collector/outputs/worker/sinks.ts lists the sinks. */
export const OUTPUT_KINDS = {
  "json-files": { options: JSON_FILES },
  "json-lines": { options: JSON_LINES, conflict: streamConflict },
  elasticsearch: { options: ELASTICSEARCH, conflict: elasticsearchConflict },
  syslog: { options: SYSLOG, conflict: streamConflict },
  null: { options: {} },
} satisfies Record<string, { readonly options: Fields; readonly conflict?: (options: never) => Conflict }>;

export type OutputKind = keyof typeof OUTPUT_KINDS;
export type OutputOptions<K extends OutputKind> = Values<(typeof OUTPUT_KINDS)[K]["options"]>;

/** A kind without its particular types, for code that treats all alike. */
const kindOf = (kind: OutputKind): { readonly options: Fields; conflict?(options: unknown): Conflict } =>
  OUTPUT_KINDS[kind];

const KIND = choice(Object.keys(OUTPUT_KINDS) as OutputKind[]);

/** Fields of every output. */
export const OUTPUT_FIELDS = {
  kind: required(KIND, { help: `kind of the output: ${KIND.name.replaceAll("|", ", ")}` }),
  name: optional(
    text("name", "a name of at most 64 letters, digits, _ and -", (value) => /^[A-Za-z0-9][\w-]{0,63}$/.test(value)),
    {
      help: "name of the output, which no other output may have",
      more: "The store keeps the output's cursor under this name: under another name it is a new output.",
      initialText: "the kind",
    },
  ),
  start: field(choice(["now", "beginning"]), {
    help: "where an output without a cursor begins: now, or at the beginning of the store",
    initial: "now",
  }),
};

/** A configured output. */
export type OutputConfig = {
  [K in OutputKind]: {
    readonly kind: K;
    readonly name: string;
    readonly start: "now" | "beginning";
    readonly options: OutputOptions<K>;
  };
}[OutputKind];

/** Outputs are tables `[[output]]` of a file. */
export const OUTPUTS: Kind<readonly OutputConfig[]> = {
  name: "tables",
  parse: () => {
    throw new Error("expected tables in a file");
  },
  check: (value, key) => {
    if (!Array.isArray(value.value)) throw unexpected(key, value, "expected tables: [[output]]");
    const names = new Set<string>();
    const directories = new Set<string>();
    const claim = (claimed: Set<string>, text: string, part: string, line: number) => {
      if (!claimed.has(text)) return claimed.add(text);
      throw mistake(line, `${key}.${part}`, `another output has the same ${part}`);
    };
    return readAll(value.value as readonly Located[], (table) => {
      const output = readOutput(table, key);
      claim(names, output.name, "name", table.line);
      // Relative to the data directory, which another source may set.
      const directory = output.kind === "json-files" ? normalize(`${output.options.directory}/`) : undefined;
      if (directory !== undefined) claim(directories, directory, "directory", table.line);
      return output;
    });
  },
  write: (outputs) =>
    outputs.map(({ kind, name, start, options }) => {
      const { options: fields } = kindOf(kind);
      const given = Object.entries(options).filter(([, value]) => value !== undefined);
      const entries = given.map(([option, value]) => [option, written(fields[option] as Fields[string], value)]);
      return { kind, name, start, ...(Object.fromEntries(entries) as Record<string, Written>) };
    }),
};

function readOutput({ line, value: table }: Located, key: string): OutputConfig {
  if (!(table instanceof Map)) throw mistake(line, key, "expected tables: [[output]]");
  const given = table.get("kind");
  if (given === undefined) throw mistake(line, `${key}.kind`, "is missing");
  const kind = KIND.check(given, `${key}.kind`);
  const { options: fields, conflict } = kindOf(kind);
  const { kind: _, name = kind, start, ...options } = readFields({ ...OUTPUT_FIELDS, ...fields }, table, line, key);
  const found = conflict?.(options);
  if (found !== undefined) throw mistake(table.get(found[0])?.line ?? line, `${key}.${found[0]}`, found[1]);
  return { kind, name, start, options } as OutputConfig;
}
