#!/usr/bin/env node
import { endAs, runCommand } from "../lib/run/command.js";
import { trackingVariables } from "../lib/run/environment.js";
import { launcher, preloadLibrary } from "../lib/run/library.js";
import { DEFAULT_SERVER, numericServer } from "../lib/run/server.js";
import { createProgram, examples, runProgram } from "./shared/program.js";

interface Options {
  server?: string;
  job?: string;
  preloadPath?: true;
  jobStart?: string;
  jobEnd?: string;
}

const program = createProgram("ogrt-run", "Run a command and report each of its processes to a collector.")
  .argument("[command...]", "command and its arguments, after --")
  .option(
    "--server <url>",
    "report to this collector: udp://HOST:PORT, tcp://HOST:PORT or unix:///PATH " +
      `(default: $OGRT_SERVER or ${DEFAULT_SERVER})`,
  )
  .option("--job <id>", "report this job id (default: from the scheduler's variables)")
  .option("--job-start <id>", "report that this job starts now, for a prolog; runs no command")
  .option("--job-end <id>", "report that this job ends now, for an epilog; runs no command")
  .option("--preload-path", "print the path of the preload library and exit")
  .passThroughOptions()
  .addHelpText(
    "after",
    `
Exit status: that of the command; 126 if it cannot be executed, 127 if it is
not found.`,
  )
  .action(async (command: string[], { server, job, preloadPath, jobStart, jobEnd }: Options) => {
    if (preloadPath) return void process.stdout.write(`${preloadLibrary()}\n`);
    const { OGRT_SERVER } = process.env;
    const collector = () => numericServer(server ?? (OGRT_SERVER || DEFAULT_SERVER));
    if (jobStart !== undefined || jobEnd !== undefined) {
      if (command.length > 0) return program.error("error: --job-start and --job-end run no command");
      // Imported on demand, to start commands sooner.
      const { sendJobEvent } = await import("../lib/run/job-event.js");
      if (jobStart !== undefined) await sendJobEvent(await collector(), "job-start", jobStart);
      if (jobEnd !== undefined) await sendJobEvent(await collector(), "job-end", jobEnd);
      return;
    }
    if (command.length === 0) return program.error("error: no command was given");
    const variables = trackingVariables(process.env, { library: preloadLibrary(), server: await collector(), job });
    endAs(await runCommand(launcher(), command.length, variables));
  });
examples(
  program,
  "ogrt-run -- ./app --input data.nc",
  "ogrt-run --server tcp://collector.example.org:7971 --job 4711 -- make check",
);

await runProgram(program);
