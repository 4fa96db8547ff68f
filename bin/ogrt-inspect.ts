#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { type Command, InvalidArgumentError, Option } from "commander";
import { OgrtError } from "../lib/errors.js";
import { isDirectory, rawFromArgument, rawToText } from "../lib/files/index.js";
import {
  type Catalogue,
  COLUMNS,
  type Column,
  catalogueEntry,
  catalogueOutput,
  checkOutput,
  comparison,
  csvListing,
  DEFAULT_COLUMNS,
  DEFAULT_LEVELS,
  type Filter,
  filterTest,
  inspect,
  json,
  type Level,
  ndjson,
  type Output,
  pages,
  Resolver,
  type RuleName,
  readCatalogue,
  type ScanOptions,
  type Summary,
  sbom,
  tableListing,
} from "../lib/inspect/index.js";
import { loadRegister } from "../lib/register/index.js";
import packageFile from "../package.json" with { type: "json" };
import { EXIT } from "./shared/exit.js";
import { createProgram, repeatable, runProgram } from "./shared/program.js";
import { ProgressLine } from "./shared/progress.js";

interface Options {
  json?: true;
  ndjson?: true;
  csv?: true;
  sbom?: "cyclonedx";
  columns?: Column[];
  stamped?: true;
  unstamped?: true;
  uuid?: string;
  buildId?: string;
  soname?: string;
  needs?: string;
  type?: string;
  include?: string[];
  exclude?: string[];
  filesFrom?: string;
  null?: true;
  oneFileSystem?: true;
  archives?: true;
  hash?: true;
  register?: string;
  resolve?: true;
  libraryPath?: string;
  catalogue?: string;
  diff?: string;
  check?: true;
  rule: Partial<Record<RuleName, Level>>;
  rpathRoot?: string[];
}

const SIGNALLED = 128 + 2;
function columnNames(value: string): Column[] {
  const names = value.split(",");
  const unknown = names.filter((name) => !Object.hasOwn(COLUMNS, name));
  if (unknown.length === 0) return names as Column[];
  throw new InvalidArgumentError(`There is no ${unknown.join(", ")}, but ${Object.keys(COLUMNS).join(", ")}.`);
}

function addRule(value: string, rules: Options["rule"]): Options["rule"] {
  const [name = "", level = ""] = value.split("=");
  if (Object.hasOwn(DEFAULT_LEVELS, name) && ["off", "warn", "fail"].includes(level))
    return { ...rules, [name]: level };
  throw new InvalidArgumentError(`Rules are ${Object.keys(DEFAULT_LEVELS).join(", ")}, set off, warn or fail.`);
}

const program = createProgram("ogrt-inspect", "Show what is installed: which builds, which are stamped, what changed.")
  .argument("[path...]", "files and directories")
  .option("--json", "print one JSON array")
  .option("--ndjson", "print one JSON object a line, while scanning")
  .option("--csv", "print comma-separated values, while scanning")
  .addOption(new Option("--sbom <format>", "print a bill of materials").choices(["cyclonedx"]))
  .option("--columns <names>", "columns of the table or CSV, joined by commas", columnNames)
  .option("--stamped", "only files with an OGRT signature")
  .option("--unstamped", "only files without one")
  .option("--uuid <uuid>", "only files with this signature")
  .option("--build-id <hex>", "only files with this build-id, or the start of it")
  .option("--soname <glob>", "only files with this soname")
  .option("--needs <glob>", "only files that need this library")
  .option("--type <kind>", "only files of this kind, such as PIE or 'shared object'")
  .option("--include <glob>", "look only at such files; may be repeated", repeatable)
  .option("--exclude <glob>", "pass over such files and directories; may be repeated", repeatable)
  .option("--files-from <file>", "read paths from a file, one a line; - is standard input")
  .option("-0, --null", "paths of --files-from end with NUL instead of newline")
  .option("-x, --one-file-system", "stay on the file systems of the given directories")
  .option("--archives", "read static libraries below directories too")
  .option("--hash", "compute the SHA-256 of each file")
  .option("--register <directory>", "name signatures by this register of stamps")
  .option("--resolve", "show which libraries the loader would load")
  .option("--library-path <directories>", "LD_LIBRARY_PATH for --resolve and --check")
  .option("--catalogue <file>", "write an inventory")
  .option("--diff <old>", "report what changed since a catalogue was written, or against another tree")
  .option("--check", "check the rules and list offenders")
  .option("--rule <name=level>", "set a rule off, warn or fail; may be repeated", addRule, {})
  .option("--rpath-root <directory>", "allow rpaths into this directory; may be repeated", repeatable)
  .addHelpText(
    "after",
    "\nExit status: 0 fine; 1 a check failed, something differs, a file given by name is not stamped, or nothing was\n" +
      "found; 2 wrong usage; 3 a path given by name could not be read; 130 interrupted.",
  )
  .action(main);

async function main(paths: string[], options: Options, command: Command): Promise<void> {
  const given = [...paths, ...(options.filesFrom === undefined ? [] : listedPaths(options.filesFrom, options.null))];
  if (given.length === 0) command.error("error: no file or directory was given");
  if (options.stamped && options.unstamped) command.error("error: --stamped and --unstamped exclude each other");
  const abort = new AbortController();
  // The second Ctrl-C ends the process as usual.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => abort.abort());

  const started = performance.now();
  const tree = given.some((path) => isDirectory(rawFromArgument(path)));
  const names = new Set(given.map((path) => rawToText(rawFromArgument(path))));
  const output = await outputFor(options, given, tree, abort.signal);
  const wanted = filterTest(filterOf(options));
  const scan = inspect(given, scanOptions(options, abort.signal));
  const progress = new ProgressLine(program.name(), () => `${scan.summary.files} files, ${scan.summary.elf} ELF`);
  let unreadable = false;
  let shown = 0;
  try {
    for await (const finding of scan) {
      if (finding.finding === "problem") {
        unreadable ||= names.has(finding.path);
        if (finding.problem !== "vanished") progress.complain(finding.error.message);
        output.problem?.(finding);
      } else if (wanted(finding)) {
        shown++;
        for (const { message } of finding.problems) progress.complain(`warning: ${message}`);
        output.file(finding);
      }
    }
    const verdict = output.end(scan.summary) ?? (shown > 0 ? "fine" : "negative");
    if (scan.summary.interrupted) process.exitCode = SIGNALLED;
    else if (unreadable) process.exitCode = EXIT.unreadable;
    else if (verdict === "negative") process.exitCode = EXIT.negative;
  } finally {
    progress.end();
    output.abandon?.();
  }
  if (tree) process.stderr.write(`${closingLine(scan.summary, performance.now() - started)}\n`);
}

async function outputFor(
  options: Options,
  given: (string | Buffer)[],
  tree: boolean,
  signal: AbortSignal,
): Promise<Output> {
  const write = (text: string) => void process.stdout.write(text);
  const roots = given.map((path) => resolve(rawToText(rawFromArgument(path))));
  const libraryPath = options.libraryPath ?? process.env["LD_LIBRARY_PATH"];
  const resolver = () => new Resolver(libraryPath === undefined ? {} : { libraryPath });
  if (options.check) {
    const { rule: levels, rpathRoot: rpathRoots } = options;
    const check = { levels, resolver: resolver(), ...(rpathRoots !== undefined && { rpathRoots }) };
    return checkOutput(write, check, options.json === true);
  }
  if (options.diff !== undefined) {
    const old = isDirectory(rawFromArgument(options.diff))
      ? await catalogueOf(options.diff, scanOptions(options, signal))
      : readCatalogue(options.diff);
    return comparison(write, old, roots, options.json === true);
  }
  if (options.catalogue !== undefined) return catalogueOutput(options.catalogue, roots);
  if (options.sbom !== undefined) return sbom(write, packageFile.version);
  if (options.ndjson) return ndjson(write);
  if (options.json) return json(write);
  if (options.csv) return csvListing(write, options.columns ?? DEFAULT_COLUMNS);
  if (options.columns !== undefined || (tree && !options.resolve)) {
    return tableListing(write, options.columns ?? DEFAULT_COLUMNS);
  }
  const register = options.register === undefined ? undefined : loadRegister(options.register);
  return pages(write, {
    titled: given.length > 1 || tree,
    ...(options.resolve && { resolver: resolver() }),
    ...(register !== undefined && { nameOf: (uuid) => register.names(uuid) }),
    ...(process.stdout.isTTY && !process.env["NO_COLOR"] && { paint }),
  });
}

const CODES = { good: 32, bad: 31, title: 1 } as const;
const paint = (text: string, meaning: keyof typeof CODES): string => `\u001b[${CODES[meaning]}m${text}\u001b[0m`;

/** A tree as it is now, to compare another with. */
async function catalogueOf(directory: string, options: ScanOptions): Promise<Catalogue> {
  const catalogue: Catalogue = {
    header: { "ogrt-catalogue": 1, created: new Date().toISOString(), roots: [resolve(directory)] },
    entries: [],
  };
  for await (const finding of inspect([resolve(directory)], options)) {
    if (finding.finding === "file") catalogue.entries.push(catalogueEntry(finding));
  }
  return catalogue;
}

function listedPaths(file: string, nul: true | undefined): Buffer[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === "-" ? 0 : file);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new OgrtError("FILE_UNREADABLE", `cannot be read: ${message}`, { path: file, value: code, cause });
  }
  const listed = bytes.toString("latin1").split(nul ? "\0" : "\n");
  return listed.filter((path) => path !== "").map((path) => Buffer.from(path, "latin1"));
}

/** Only the options that were given, because an absent one and `undefined` differ. */
const scanOptions = (options: Options, signal: AbortSignal): ScanOptions => ({
  signal,
  ...((options.hash ?? options.sbom) !== undefined && { hash: true }),
  ...(options.archives && { archives: true }),
  ...(options.oneFileSystem && { oneFileSystem: true }),
  ...(options.include !== undefined && { include: options.include }),
  ...(options.exclude !== undefined && { exclude: options.exclude }),
});

const filterOf = ({ stamped, unstamped, uuid, buildId, soname, needs, type }: Options): Filter => ({
  ...((stamped ?? unstamped) !== undefined && { stamped: stamped === true }),
  ...(uuid !== undefined && { uuid }),
  ...(buildId !== undefined && { buildId }),
  ...(soname !== undefined && { soname }),
  ...(needs !== undefined && { needs }),
  ...(type !== undefined && { kind: type }),
});

function closingLine(summary: Summary, milliseconds: number): string {
  const counts = [
    `${summary.files} files`,
    `${summary.elf} ELF`,
    ...(summary.archives > 0 ? [`${summary.archives} archives`] : []),
    `${summary.stamped} stamped`,
    `${summary.unstamped} unstamped`,
    ...(summary.debug > 0 ? [`${summary.debug} debug files`] : []),
    `${summary.duplicates} duplicates`,
    `${summary.unreadable} unreadable`,
    ...(summary.malformed > 0 ? [`${summary.malformed} malformed`] : []),
    ...(summary.vanished > 0 ? [`${summary.vanished} vanished`] : []),
  ];
  return `${counts.join(", ")} in ${(milliseconds / 1000).toFixed(2)} s${summary.interrupted ? ", interrupted" : ""}`;
}

// A scan of a whole system takes a second, and a good part of that went into optimizing code, in each thread, that had
// almost finished by then: only what runs three times as long as by default is worth it.
setFlagsFromString("--interrupt-budget=400000");
await runProgram(program);
