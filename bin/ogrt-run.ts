#!/usr/bin/env node
import { CANNOT_EXECUTE, endAs, isNotFound, NOT_FOUND, runCommand } from "../lib/run/command.js";
import { trackedEnvironment } from "../lib/run/environment.js";
import { preloadLibrary } from "../lib/run/library.js";
import { DEFAULT_SERVER, numericServer } from "../lib/run/server.js";
import { complain, createProgram, runProgram } from "./shared/program.js";

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
    const [file, ...args] = command;
    if (file === undefined) return program.error("error: no command was given");
    const { OGRT_SERVER } = process.env;
    const environment = trackedEnvironment(process.env, {
      library: preloadLibrary(),
      server: await numericServer(server ?? (OGRT_SERVER || DEFAULT_SERVER)),
      job,
    });
    const ending = await runCommand(file, args, environment);
    if ("failure" in ending) {
      const missing = isNotFound(file, ending.failure);
      complain("ogrt-run", `${file}: ${missing ? "not found" : `cannot be executed (${ending.failure.code})`}`);
      process.exitCode = missing ? NOT_FOUND : CANNOT_EXECUTE;
    } else {
      endAs(ending);
    }
  });

await runProgram(program);
