import { join, resolve } from "node:path";
import { isatty } from "node:tty";
import type { Command } from "commander";
import { writeWhole } from "../../lib/files/index.js";
import { appendEntry, readOrigin } from "../../lib/register/index.js";
import { knownTarget, type Stamp, stampAssembly, stampJson, stampObject, stampSource } from "../../lib/stamp/index.js";
import { addSections } from "../shared/help.js";
import { createProgram, runProgram } from "../shared/program.js";
import { TOOLS } from "../shared/tools.js";
import { explainStamp, gatherContents, makeStamp } from "./contents.js";
import { linkerDirectory } from "./linker-directory.js";
import { addStampOptions, checkOptions, type Format, type StampOptions } from "./options.js";

const FORMATS: ReadonlyMap<string, Format> = new Map([
  [".s", "assembly"],
  [".S", "assembly"],
  [".o", "object"],
  [".c", "c"],
  [".json", "json"],
]);

function stamp(options: StampOptions, command: Command): void {
  if (options.linkerDirectory) return void printLinkerDirectory();
  checkOptions(options, command);
  const { output, explain } = options;
  const format = options.json ? "json" : (options.format ?? formatBySuffix(output, command));
  const isStdout = output === undefined || output === "-" || output === "/dev/stdout";
  if (format === "object" && isStdout && isatty(1)) {
    command.error("error: refusing to write an object to a terminal; name a file with -o", { exitCode: 2 });
  }
  const target = options.target ?? knownTarget(process.arch)?.name ?? "any";
  if (format === "object" && options.target === "any") {
    command.error("error: an object is for one machine: name it with --target, or write assembly");
  }
  const contents = gatherContents(options);
  const made = makeStamp(options, contents);
  const rendered = render(made, format, target);
  if (explain) process.stderr.write(explainStamp(options, made, contents, target));
  // Registered before it is written: an unused entry in the register is harmless, an unregistered stamp is not.
  if (options.register !== undefined) register(options.register, options, made);
  if (isStdout) process.stdout.write(rendered);
  else writeWhole(output, rendered);
}

/** The format of a file by its suffix. A name without one, such as that of a pipe, gets assembly. */
function formatBySuffix(output: string | undefined, command: Command): Format {
  const [suffix] = /\.[a-zA-Z]\w*$/.exec(output ?? "") ?? [];
  if (suffix === undefined) return "assembly";
  const format = FORMATS.get(suffix);
  if (format !== undefined) return format;
  const remedy = `use ${[...FORMATS.keys()].join(", ")}, or name the format with --format`;
  return command.error(`error: the suffix ${suffix} of '${output}' selects no format; ${remedy}`);
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

function register(directory: string, { output, input, scope }: StampOptions, { uuid, package: metadata }: Stamp): void {
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

function printLinkerDirectory(): void {
  const directory = linkerDirectory();
  warnAboutMold(directory);
  process.stdout.write(`${directory}\n`);
}

/** `mold -run` preloads a library that executes $MOLD_PATH instead of programs with the names of linkers. */
function warnAboutMold(directory: string): void {
  const { LD_PRELOAD = "", MOLD_PATH = "" } = process.env;
  const wrapper = join(directory, "ld.mold");
  if (!LD_PRELOAD.includes("mold-wrapper.so") || MOLD_PATH === wrapper) return;
  process.stderr.write(
    `ogrt-stamp: \`mold -run\` starts mold instead of the wrapper; use -fuse-ld=mold, or set MOLD_PATH=${wrapper}\n`,
  );
}

export function program(name: string): Command {
  const program = createProgram(name, TOOLS.stamp, "-V, --tool-version").allowExcessArguments(false);
  addStampOptions(program).action(stamp);
  addSections(program, {
    examples: [
      "ogrt-stamp --name app --version 1.0 -o stamp.s && cc -o app app.c stamp.s",
      'cc -B"$(ogrt-stamp --linker-directory)" -o app app.c',
    ],
  });
  return program;
}

export const run = (name: string): Promise<void> => runProgram(program(name));
