#!/usr/bin/env node
import { endAs, runCommand } from "../lib/run/command.js";
import { trackingVariables } from "../lib/run/environment.js";
import { launcher, preloadLibrary } from "../lib/run/library.js";
import { DEFAULT_SERVER, numericServer } from "../lib/run/server.js";
import { createProgram, runProgram } from "./shared/program.js";

interface Options {
  server?: string;
  job?: string;
  preloadPath?: true;
  jobStart?: string;
  jobEnd?: string;
}

const program = createProgram("ogrt-run", "Run a command, and report each process of it to the collector.")
  .argument("[command...]", "command and its arguments; put -- before them")
  .option(
    "--server <url>",
    `udp://HOST:PORT, tcp://HOST:PORT or unix:///PATH (default: OGRT_SERVER, else ${DEFAULT_SERVER})`,
  )
  .option("--job <id>", "id of the job (default: what the scheduler's variables say)")
  .option("--job-start <id>", "tell the collector that a job starts now, and do nothing else (for a prolog)")
  .option("--job-end <id>", "the same for its end (for an epilog)")
  .option("--preload-path", "print the path of the preload library and do nothing else")
  .passThroughOptions()
  .addHelpText("after", "\nExits as the command does; 127 when it is not found, 126 when it cannot be executed.")
  .action(async (command: string[], { server, job, preloadPath, jobStart, jobEnd }: Options) => {
    if (preloadPath) {
      process.stdout.write(`${preloadLibrary()}\n`);
      return;
    }
    const { OGRT_SERVER } = process.env;
    const collector = () => numericServer(server ?? (OGRT_SERVER || DEFAULT_SERVER));
    if (jobStart !== undefined || jobEnd !== undefined) {
      if (command.length > 0) return program.error("error: --job-start and --job-end run no command");
      // Loaded only here: commands should not wait for what they don't need.
      const { sendJobEvent } = await import("../lib/run/job-event.js");
      if (jobStart !== undefined) await sendJobEvent(await collector(), "job-start", jobStart);
      if (jobEnd !== undefined) await sendJobEvent(await collector(), "job-end", jobEnd);
      return;
    }
    if (command.length === 0) return program.error("error: no command was given");
    const variables = trackingVariables(process.env, {
      library: preloadLibrary(),
      server: await collector(),
      job,
    });
    endAs(await runCommand(launcher(), command.length, variables));
  });

await runProgram(program);
