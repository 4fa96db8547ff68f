#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { isDirectory, rawFromArgument, rawToText } from "../lib/files/index.js";
import { filterTest, inspect, problemLines, type Summary } from "../lib/inspect/index.js";
import { addInspectOptions, filterOf, type InspectOptions, scanOptions } from "./inspect/options.js";
import { outputFor } from "./inspect/output.js";
import { readInput } from "./shared/input.js";
import { createProgram, EXIT, examples, runProgram } from "./shared/program.js";
import { ProgressLine } from "./shared/progress.js";

const EXIT_INTERRUPTED = 128 + 2;

async function main(names: string[], options: InspectOptions, command: Command): Promise<void> {
  const listed = options.filesFrom === undefined ? [] : listedPaths(options.filesFrom, options.null ? "\0" : "\n");
  const given = [...names, ...listed];
  const paths = given.map(rawFromArgument);
  if (given.length === 0) command.error("error: no file or directory was given");
  if (options.stamped && options.unstamped) command.error("error: --stamped and --unstamped exclude each other");
  const abort = new AbortController();
  // A second signal ends the process at once.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => abort.abort());

  const started = performance.now();
  const hasDirectory = paths.some(isDirectory);
  const givenPaths = new Set(paths.map(rawToText));
  const output = await outputFor(options, paths, hasDirectory, abort.signal);
  const matches = filterTest(filterOf(options));
  const scan = inspect(given, scanOptions(options, abort.signal));
  const progress = new ProgressLine(program.name(), () => `${scan.summary.files} files, ${scan.summary.elf} ELF`);
  let isUnreadable = false;
  let shown = 0;
  try {
    for await (const finding of scan) {
      if (finding.finding === "problem") {
        isUnreadable ||= givenPaths.has(finding.path);
        if (finding.problem !== "vanished") progress.complain(finding.error.message);
        output.problem?.(finding);
      } else if (matches(finding)) {
        shown++;
        for (const line of problemLines(finding)) progress.complain(`warning: ${line}`);
        output.file(finding);
      }
    }
    const verdict = output.end(scan.summary) ?? (shown > 0 ? "fine" : "negative");
    if (scan.summary.interrupted) process.exitCode = EXIT_INTERRUPTED;
    else if (isUnreadable) process.exitCode = EXIT.unreadable;
    else if (verdict === "negative") process.exitCode = EXIT.negative;
  } finally {
    progress.end();
    output.abandon?.();
  }
  if (hasDirectory) process.stderr.write(`${summaryLine(scan.summary, performance.now() - started)}\n`);
}

function listedPaths(file: string, separator: "\0" | "\n"): Buffer[] {
  const paths = readInput(file).toString("latin1").split(separator);
  return paths.filter((path) => path !== "").map((path) => Buffer.from(path, "latin1"));
}

function summaryLine(summary: Summary, milliseconds: number): string {
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

const program = createProgram(
  "ogrt-inspect",
  "Show what is installed: which builds, which files are stamped, and what changed.",
).argument("[path...]", "files and directories");
addInspectOptions(program)
  .action(main)
  .addHelpText(
    "after",
    `
Exit status:
  0    success
  1    a check failed, the trees differ, a given file shows no signature, or
       nothing was found
  2    wrong usage
  3    a given path cannot be read
  130  interrupted`,
  );
examples(
  program,
  "ogrt-inspect ./app",
  "ogrt-inspect --unstamped /opt",
  "ogrt-inspect --catalogue opt.jsonl /opt",
  "ogrt-inspect --diff opt.jsonl /opt",
);

// Most functions run too briefly to repay optimization, which otherwise takes a good part of the second that a scan of
// a whole system lasts, in every thread. V8 therefore waits three times as long as by default.
setFlagsFromString("--interrupt-budget=400000");
await runProgram(program);
