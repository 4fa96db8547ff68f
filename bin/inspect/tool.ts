import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { isDirectory, rawFromArgument, rawToText } from "../../lib/files/index.js";
import { filterTest, inspect, problemLines, type Summary } from "../../lib/inspect/index.js";
import { addSections } from "../shared/help.js";
import { readInput } from "../shared/input.js";
import { complain, createProgram, EXIT, runProgram } from "../shared/program.js";
import { ProgressLine } from "../shared/progress.js";
import { TOOLS } from "../shared/tools.js";
import { addInspectOptions, checkOptions, filterOf, type InspectOptions, isFilter, scanOptions } from "./options.js";
import { outputFor } from "./output.js";

const EXIT_INTERRUPTED = 128 + 2;

async function main(names: string[], options: InspectOptions, command: Command): Promise<void> {
  const listed = options.filesFrom === undefined ? [] : listedPaths(options.filesFrom, options.null ? "\0" : "\n");
  const given = [...names, ...listed];
  const paths = given.map(rawFromArgument);
  checkOptions(options, command);
  if (given.length === 0) {
    if (options.filesFrom === undefined) command.error("error: no file or directory was given");
    complain(command.name(), `${options.filesFrom === "-" ? "standard input" : options.filesFrom} names no file`);
    process.exitCode = EXIT.negative;
    return;
  }
  const abort = new AbortController();
  // A second signal ends the process at once.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => abort.abort());

  const started = performance.now();
  const hasDirectory = paths.some(isDirectory);
  const givenPaths = new Set(paths.map(rawToText));
  const output = await outputFor(options, paths, hasDirectory, abort.signal);
  const filter = filterOf(options);
  const matches = filterTest(filter);
  const scan = inspect(given, scanOptions(options, abort.signal));
  const progress = new ProgressLine(command.name(), () => `${scan.summary.files} files, ${scan.summary.elf} ELF`);
  let isUnreadable = false;
  let shown = 0;
  try {
    for await (const finding of scan) {
      if (finding.finding === "problem") {
        isUnreadable ||= givenPaths.has(finding.path);
        if (finding.problem !== "vanished") progress.complain(finding.error.message);
        progress.clear();
        output.problem?.(finding);
      } else if (matches(finding)) {
        shown++;
        for (const line of problemLines(finding)) progress.complain(`warning: ${line}`);
        progress.clear();
        output.file(finding);
      }
    }
    progress.clear();
    const verdict = output.end(scan.summary) ?? (shown > 0 ? "fine" : "negative");
    if (scan.summary.interrupted) process.exitCode = EXIT_INTERRUPTED;
    else if (isUnreadable) process.exitCode = EXIT.unreadable;
    else if (verdict === "negative") process.exitCode = EXIT.negative;
  } finally {
    progress.end();
    output.abandon?.();
  }
  const { elf, archives } = scan.summary;
  if (shown === 0 && elf + archives > 0 && isFilter(filter)) {
    complain(command.name(), `none of ${elf + archives} ELF files and archives matches the filters`);
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

export function program(name: string): Command {
  const program = createProgram(name, TOOLS.inspect).argument("[path...]", "files and directories");
  addInspectOptions(program).action(main);
  addSections(program, {
    lists: {
      "Exit status": [
        ["0", "success"],
        ["1", "a check failed, the trees differ, a given file shows no signature, or nothing was found"],
        ["2", "wrong usage"],
        ["3", "a given path cannot be read"],
        ["130", "interrupted"],
      ],
    },
    examples: [
      "ogrt-inspect ./app",
      "ogrt-inspect --unstamped /opt",
      "ogrt-inspect --catalogue opt.jsonl /opt",
      "ogrt-inspect --diff opt.jsonl /opt",
    ],
  });
  return program;
}

export async function run(name: string): Promise<void> {
  // Most functions run too briefly to repay optimization, which otherwise takes a good part of the second that a scan of
  // a whole system lasts, in every thread. V8 therefore waits three times as long as by default.
  setFlagsFromString("--interrupt-budget=400000");
  await runProgram(program(name));
}
