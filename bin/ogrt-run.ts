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
}

const program = createProgram("ogrt-run", "Run a command, and report each process of it to the collector.")
  .argument("[command...]", "command and its arguments; put -- before them")
  .option(
    "--server <url>",
    `udp://HOST:PORT, tcp://HOST:PORT or unix:///PATH (default: OGRT_SERVER, else ${DEFAULT_SERVER})`,
  )
  .option("--job <id>", "id of the job (default: what the scheduler's variables say)")
  .option("--preload-path", "print the path of the preload library and do nothing else")
  .passThroughOptions()
  .addHelpText("after", "\nExits as the command does; 127 when it is not found, 126 when it cannot be executed.")
  .action(async (command: string[], { server, job, preloadPath }: Options) => {
    if (preloadPath) {
      process.stdout.write(`${preloadLibrary()}\n`);
      return;
    }
    if (command.length === 0) return program.error("error: no command was given");
    const { OGRT_SERVER } = process.env;
    const variables = trackingVariables(process.env, {
      library: preloadLibrary(),
      server: await numericServer(server ?? (OGRT_SERVER || DEFAULT_SERVER)),
      job,
    });
    endAs(await runCommand(launcher(), command.length, variables));
  });

await runProgram(program);
