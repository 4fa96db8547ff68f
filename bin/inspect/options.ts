import { type Command, InvalidArgumentError, Option } from "commander";
import {
  COLUMNS,
  type Column,
  DEFAULT_LEVELS,
  FILE_KINDS,
  type Filter,
  type Level,
  type RuleName,
  type ScanOptions,
} from "../../lib/inspect/index.js";
import { canonicalUuid } from "../../lib/shared/uuid.js";
import { repeatable, wholeNumber } from "../shared/option-values.js";

export interface InspectOptions extends Omit<Filter, "kind" | "stamped">, Omit<ScanOptions, "signal"> {
  showSignature?: true;
  json?: true;
  ndjson?: true;
  csv?: true;
  sbom?: "cyclonedx";
  columns?: Column[];
  wide?: true;
  stamped?: true;
  unstamped?: true;
  type?: string;
  filesFrom?: string;
  null?: true;
  register?: string;
  resolve?: true;
  libraryPath?: string;
  catalogue?: string;
  diff?: string;
  check?: true;
  rule?: Partial<Record<RuleName, Level>>;
  rpathRoot?: string[];
}

/** Highest factor: a file may then cost minutes and gigabytes. */
const MAX_LIMIT_SCALE = 1000;

export function addInspectOptions(program: Command): Command {
  return program
    .optionsGroup("Input:")
    .option("--files-from <file>", "read paths from this file, one per line; - is standard input")
    .option("-0, --null", "with --files-from: paths end with NUL instead of newline")
    .option("--include <glob>", "read only matching files; may be repeated", repeatable)
    .option("--exclude <glob>", "skip matching files and directories; may be repeated", repeatable)
    .option("-x, --one-file-system", "stay on the file systems of the given directories")
    .option("--archives", "also read static libraries in directories")
    .option("--limit-scale <factor>", "raise the limits of what is read of one file", wholeNumber(1, MAX_LIMIT_SCALE))
    .optionsGroup("Filters:")
    .option("--stamped", "show only files with an OGRT signature")
    .option("--unstamped", "show only files without an OGRT signature")
    .option("--uuid <uuid>", "show only files with this signature", uuidText)
    .option("--build-id <hex>", "show only files whose build-id is or begins with this", hexText)
    .option("--soname <glob>", "show only files with this soname")
    .option("--needs <glob>", "show only files that need this library")
    .option("--type <kind>", "show only files of this kind, such as PIE or 'shared object'", kindText)
    .optionsGroup("Output (default: a page for files, a table for directories):")
    .option("--show-signature", "print only the OGRT signatures of files, as the first OGRT did")
    .option("--json", "print a JSON array")
    .option("--ndjson", "print one JSON object per line, while scanning")
    .option("--csv", "print CSV, while scanning")
    .option("--columns <names>", "print these columns of the table or CSV, separated by commas", columnNames)
    .option("--wide", "print whole cells, however narrow the terminal is")
    .addOption(new Option("--sbom <format>", "print a software bill of materials").choices(["cyclonedx"]))
    .option("--hash", "compute the SHA-256 of each file")
    .option("--register <directory>", "name signatures from the register in this directory")
    .optionsGroup("Libraries:")
    .option("--resolve", "show which libraries the dynamic loader would load")
    .option("--library-path <directories>", "LD_LIBRARY_PATH for --resolve and --check (default: the environment's)")
    .optionsGroup("Catalogues and rules:")
    .option("--catalogue <file>", "write a catalogue of the files")
    .option("--diff <old>", "report the changes since this catalogue, or against this directory")
    .option("--check", "check the rules and list the offenders")
    .option("--rule <name=level>", "set a rule to off, warn or fail; may be repeated", addRule)
    .option("--rpath-root <directory>", "allow rpaths into this directory; may be repeated", repeatable);
}

function columnNames(value: string): Column[] {
  const names = value.split(",");
  const unknown = names.filter((name) => !Object.hasOwn(COLUMNS, name));
  if (unknown.length === 0) return names as Column[];
  throw new InvalidArgumentError(
    `Unknown column: ${unknown.join(", ")}. The columns are ${Object.keys(COLUMNS).join(", ")}.`,
  );
}

function addRule(value: string, rules: InspectOptions["rule"] = {}): InspectOptions["rule"] {
  const [name = "", level = ""] = value.split("=");
  if (Object.hasOwn(DEFAULT_LEVELS, name) && ["off", "warn", "fail"].includes(level)) {
    return { ...rules, [name]: level };
  }
  throw new InvalidArgumentError(
    `Expected RULE=off, RULE=warn or RULE=fail. The rules are ${Object.keys(DEFAULT_LEVELS).join(", ")}.`,
  );
}

function uuidText(value: string): string {
  const uuid = canonicalUuid(value);
  if (uuid === undefined) throw new InvalidArgumentError("Expected a UUID.");
  return uuid;
}

function hexText(value: string): string {
  if (!/^[0-9a-f]+$/i.test(value)) throw new InvalidArgumentError("Expected hexadecimal digits.");
  return value;
}

function kindText(value: string): string {
  if (value !== "" && FILE_KINDS.some((kind) => kind.toLowerCase().startsWith(value.toLowerCase()))) return value;
  throw new InvalidArgumentError(`Expected the beginning of one of the kinds ${FILE_KINDS.join(", ")}.`);
}

/** Outputs, in the order in which one of them is chosen. JSON is also a form of the first two. */
const OUTPUTS = ["check", "diff", "catalogue", "sbom", "ndjson", "json", "csv"] as const;

/** Refuses options of which one would be without effect. */
export function checkOptions(options: InspectOptions, command: Command): void {
  const refuse = (one: string, other: string) => command.error(`error: --${one} and --${other} exclude each other`);
  if (options.stamped && options.unstamped) refuse("stamped", "unstamped");
  const [first, ...others] = OUTPUTS.filter((name) => options[name] !== undefined);
  const other = others.find((name) => name !== "json" || (first !== "check" && first !== "diff"));
  if (first !== undefined && other !== undefined) refuse(first, other);
  const needs = (name: string, value: unknown, others: Readonly<Record<string, unknown>>) => {
    if (value === undefined || Object.values(others).some((other) => other !== undefined)) return;
    const names = Object.keys(others).map((other) => `--${other}`);
    command.error(`error: --${name} requires ${names.join(" or ")}`);
  };
  const { check, resolve, filesFrom } = options;
  needs("rule", options.rule, { check });
  needs("rpath-root", options.rpathRoot, { check });
  needs("null", options.null, { "files-from": filesFrom });
  needs("library-path", options.libraryPath, { resolve, check });
}

export const scanOptions = (options: InspectOptions, signal: AbortSignal): ScanOptions => ({
  ...options,
  signal,
  ...(options.sbom !== undefined && { hash: true }),
});

export const filterOf = ({ stamped, unstamped, type, ...options }: InspectOptions): Filter => ({
  ...options,
  ...((stamped ?? unstamped) !== undefined && { stamped: stamped === true }),
  ...(type !== undefined && { kind: type }),
});

/** Whether a filter leaves out anything. */
export const isFilter = ({ stamped, uuid, buildId, soname, needs, kind }: Filter): boolean =>
  [stamped, uuid, buildId, soname, needs, kind].some((value) => value !== undefined);
