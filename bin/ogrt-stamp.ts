#!/usr/bin/env node
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";
import { type Command, Option } from "commander";
import { OgrtError } from "../lib/errors.js";
import { digestFile, digestStream, writeWhole } from "../lib/files/index.js";
import { appendEntry, currentTime, readOrigin, SCOPES, type Scope } from "../lib/register/index.js";
import {
  type BuildEnvironment,
  createStamp,
  knownTarget,
  type PackageMetadata,
  readBuildEnvironment,
  type Stamp,
  stampAssembly,
  stampJson,
  stampObject,
  stampSource,
  TARGET_NAMES,
} from "../lib/stamp/index.js";
import { printable } from "../lib/text/escape.js";
import { createProgram, repeatable, runProgram } from "./shared/program.js";

type Format = "assembly" | "object" | "c" | "json";
const FORMATS: Record<string, Format> = {
  ".s": "assembly",
  ".S": "assembly",
  ".o": "object",
  ".c": "c",
  ".json": "json",
};

interface Options {
  uuid?: string;
  timeOrdered?: true;
  deterministic?: true;
  input?: string[];
  toolchain?: string;
  dependency?: string[];
  name?: string;
  version?: string;
  type?: string;
  architecture?: string;
  os?: string;
  osVersion?: string;
  osCpe?: string;
  appCpe?: string;
  debugInfoUrl?: string;
  key?: string[];
  environment: boolean;
  target?: string;
  format?: Format;
  json?: true;
  output?: string;
  register?: string;
  scope: Scope;
  explain?: true;
  linkerDirectory?: true;
}

/** A value, and which option or variable it came from. */
interface Sourced {
  value: string;
  source: string;
}

/** What the stamp will say: options first, then what the build environment says by itself. */
function gather(options: Options, environment: BuildEnvironment) {
  const metadata = new Map<string, Sourced>();
  const say = (key: string, value: string | undefined, source: string) => {
    if (value !== undefined) metadata.set(key, { value, source });
  };
  for (const key of ["type", "name", "version"] as const)
    say(key, environment[key]?.value, environment[key]?.variable ?? "");
  // A name that the user gives is not the one that the environment's version belongs to.
  if (options.name !== undefined) metadata.clear();
  for (const key of ["type", "name", "version", "architecture", "os"] as const) say(key, options[key], `--${key}`);
  say("osVersion", options.osVersion, "--os-version");
  say("osCpe", options.osCpe, "--os-cpe");
  say("appCpe", options.appCpe, "--app-cpe");
  say("debugInfoUrl", options.debugInfoUrl, "--debug-info-url");
  for (const pair of options.key ?? []) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined) throw new OgrtError("INVALID_METADATA", `--key "${pair}" is not KEY=VALUE`, { value: pair });
    say(key, value, "--key");
  }
  const toolchain =
    options.toolchain === undefined
      ? environment.toolchain && { value: environment.toolchain.value, source: environment.toolchain.variable }
      : { value: options.toolchain, source: "--toolchain" };
  const dependencies =
    options.dependency?.map((value) => ({ value, source: "--dependency" })) ??
    environment.dependencies.map(({ value, variable }) => ({ value, source: variable }));
  return { metadata, toolchain, dependencies };
}

type Gathered = ReturnType<typeof gather>;

function makeStamp(options: Options, { metadata, toolchain, dependencies }: Gathered): Stamp {
  const deriveFrom = {
    toolchain: toolchain?.value,
    dependencies: dependencies.map(({ value }) => value),
    inputs: options.deterministic
      ? (options.input ?? []).map((path) => (path === "-" ? digestStream(0) : digestFile(path)))
      : [],
  };
  return createStamp({
    package: Object.fromEntries([...metadata].map(([key, { value }]) => [key, value])) as PackageMetadata,
    ...(options.uuid !== undefined && { uuid: options.uuid }),
    ...(options.timeOrdered && { timeOrdered: currentTime() }),
    ...(options.deterministic && { deriveFrom }),
  });
}

const identitySource = ({ uuid, timeOrdered, deterministic }: Options): string =>
  uuid !== undefined
    ? "--uuid"
    : deterministic
      ? "--deterministic: derived from the values below"
      : timeOrdered
        ? `--time-ordered, ${process.env["SOURCE_DATE_EPOCH"] ? "SOURCE_DATE_EPOCH" : "now"}`
        : "random";

function explanation(options: Options, stamp: Stamp, gathered: Gathered, target: string): string {
  const { metadata, toolchain, dependencies } = gathered;
  const rows: [string, string, string][] = [["uuid", stamp.uuid, identitySource(options)]];
  for (const [key, { value, source }] of metadata) rows.push([key, value, source]);
  if (toolchain !== undefined) rows.push(["toolchain", toolchain.value, toolchain.source]);
  for (const { value, source } of dependencies) rows.push(["dependency", value, source]);
  for (const input of options.input ?? []) rows.push(["input", input, "--input"]);
  rows.push(["target", target, options.target === undefined ? "this machine" : "--target"]);
  return rows.map(([key, value, source]) => `${key}: ${printable(value)} (${source})\n`).join("");
}

function render(stamp: Stamp, format: Format, target: string): string | Uint8Array {
  switch (format) {
    case "assembly":
      return stampAssembly(stamp, target === "any" ? {} : { target });
    case "object":
      return stampObject(stamp, target);
    case "c":
      return stampSource(stamp);
    case "json":
      return stampJson(stamp);
  }
}

function register(directory: string, { output, input, scope }: Options, { uuid, package: metadata }: Stamp): void {
  appendEntry(directory, {
    uuid,
    scope,
    ...(metadata?.name !== undefined && { name: metadata.name }),
    ...(metadata?.version !== undefined && { version: metadata.version }),
    ...readOrigin(),
    ...(output !== undefined && { output: resolve(output) }),
    ...(input !== undefined && { inputs: input }),
  });
}

/** Where the names of ogrt-ld lie, for PATH and gcc -B; this tool is in dist/bin of the package. */
function linkerDirectory(): string {
  const directory = fileURLToPath(new URL("../../native-ld/build/bin", import.meta.url));
  if (existsSync(directory)) return directory;
  throw new OgrtError("LINKER_MISSING", "the linker wrapper is not built; run: make -C native-ld", { path: directory });
}

function stamp(options: Options, command: Command): void {
  if (options.linkerDirectory) {
    process.stdout.write(`${linkerDirectory()}\n`);
    return;
  }
  const { output, explain } = options;
  const format = options.json
    ? "json"
    : (options.format ?? FORMATS[/\.[a-zA-Z]+$/.exec(output ?? "")?.[0] ?? ""] ?? "assembly");
  const toStdout = output === undefined || output === "-" || output === "/dev/stdout";
  if (format === "object" && toStdout && isatty(1))
    command.error("error: an object is not for a terminal: name a file with -o", { exitCode: 2 });
  const target = options.target ?? knownTarget(process.arch)?.name ?? "any";
  const gathered = gather(options, options.environment ? readBuildEnvironment(process.env) : { dependencies: [] });
  const made = makeStamp(options, gathered);
  const content = render(made, format, target);
  if (explain) process.stderr.write(explanation(options, made, gathered, target));
  // Registered first: a stamp that nobody used is harmless in the register, one that it doesn't know is lost.
  if (options.register !== undefined) register(options.register, options, made);
  if (toStdout) process.stdout.write(content);
  else writeWhole(output, content);
}

const program = createProgram(
  "ogrt-stamp",
  "Make a stamp, to be linked into a program or library.",
  "-V, --tool-version",
)
  .option(
    "-o, --output <file>",
    "write to this file instead of standard output; .s, .o, .c and .json choose the format",
  )
  .addOption(new Option("--format <format>", "what to write").choices(["assembly", "object", "c", "json"]))
  .option("--json", "the same as --format json")
  .option(
    "--target <target>",
    `what it is linked for, or "any" for assembly that suits all (default: this machine; ${TARGET_NAMES.join(", ")})`,
  )
  .optionsGroup("Identity (default: a random UUID):")
  .option("--uuid <uuid>", "use this UUID")
  .option("--time-ordered", "make a UUID version 7, of now or of SOURCE_DATE_EPOCH")
  .option("--deterministic", "derive the UUID from the texts below and from the contents of every --input")
  .option("--input <file>", "something that goes into the link, - for standard input; may be repeated", repeatable)
  .option("--toolchain <text>", "compiler and linker")
  .option("--dependency <text>", "what the build is made against; may be repeated", repeatable)
  .optionsGroup("Package (any of these also writes a .note.package):")
  .option("--name <text>", "name of the package")
  .option("--version <text>", "version of the package")
  .option("--type <text>", "kind of package: deb, rpm, easybuild, spack and so on")
  .option("--architecture <text>", "architecture of the package")
  .option("--os <text>", "ID of os-release")
  .option("--os-version <text>", "VERSION_ID of os-release")
  .option("--os-cpe <text>", "CPE of the operating system")
  .option("--app-cpe <text>", "CPE of the package")
  .option("--debug-info-url <url>", "debuginfod server that has its debug information")
  .option("--key <key=value>", "anything else; may be repeated", repeatable)
  .option("--no-environment", "take nothing from Spack, RPM, conda, EasyBuild and module variables")
  .option("--explain", "say on standard error what each value is and where it came from")
  .optionsGroup("Register:")
  .option("--register <directory>", "append a line about this stamp to the register there")
  .addOption(new Option("--scope <scope>", "what the UUID is for").choices(SCOPES).default("link"))
  .optionsGroup("Linker wrapper:")
  .option("--linker-directory", "print the directory to put first in PATH (or to give to gcc -B), and do nothing else")
  .allowExcessArguments(false)
  .addHelpText("after", "\nExample:\n  ogrt-stamp --name app --version 1.0 -o stamp.s && cc -o app app.c stamp.s")
  .action(stamp);

await runProgram(program);
