#!/usr/bin/env node
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isatty } from "node:tty";
import type { Command } from "commander";
import { OgrtError } from "../lib/errors.js";
import { writeWhole } from "../lib/files/index.js";
import { packageRoot } from "../lib/files/package-root.js";
import { appendEntry, readOrigin } from "../lib/register/index.js";
import { knownTarget, type Stamp, stampAssembly, stampJson, stampObject, stampSource } from "../lib/stamp/index.js";
import { createProgram, examples, runProgram } from "./shared/program.js";
import { explainStamp, gatherContents, makeStamp } from "./stamp/contents.js";
import { addStampOptions, type Format, type StampOptions } from "./stamp/options.js";

const FORMATS: Record<string, Format> = {
  ".s": "assembly",
  ".S": "assembly",
  ".o": "object",
  ".c": "c",
  ".json": "json",
};

function stamp(options: StampOptions, command: Command): void {
  if (options.linkerDirectory) return void process.stdout.write(`${linkerDirectory()}\n`);
  const { output, explain } = options;
  const suffix = /\.[a-zA-Z]+$/.exec(output ?? "")?.[0] ?? "";
  const format = options.json ? "json" : (options.format ?? FORMATS[suffix] ?? "assembly");
  const isStdout = output === undefined || output === "-" || output === "/dev/stdout";
  if (format === "object" && isStdout && isatty(1)) {
    command.error("error: refusing to write an object to a terminal; name a file with -o", { exitCode: 2 });
  }
  const target = options.target ?? knownTarget(process.arch)?.name ?? "any";
  const contents = gatherContents(options);
  const made = makeStamp(options, contents);
  const rendered = render(made, format, target);
  if (explain) process.stderr.write(explainStamp(options, made, contents, target));
  // Registered before it is written: an unused entry in the register is harmless, an unregistered stamp is not.
  if (options.register !== undefined) register(options.register, options, made);
  if (isStdout) process.stdout.write(rendered);
  else writeWhole(output, rendered);
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

/** The directory with ogrt-ld under the names of linkers, for PATH and gcc -B. */
function linkerDirectory(): string {
  const directory = join(packageRoot() ?? "", "native-ld/build/bin");
  if (existsSync(directory)) {
    warnAboutMold(directory);
    return directory;
  }
  throw new OgrtError("LINKER_MISSING", "the linker wrapper is not built; run: make -C native-ld", { path: directory });
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

const program = createProgram(
  "ogrt-stamp",
  "Make a stamp to link into a program or library.",
  "-V, --tool-version",
).allowExcessArguments(false);
addStampOptions(program).action(stamp);
examples(
  program,
  "ogrt-stamp --name app --version 1.0 -o stamp.s && cc -o app app.c stamp.s",
  'cc -B"$(ogrt-stamp --linker-directory)" -o app app.c',
);

await runProgram(program);
