import type { Command } from "commander";
import { endAs, runCommand } from "../../lib/run/command.js";
import { trackingVariables } from "../../lib/run/environment.js";
import { launcher, preloadLibrary } from "../../lib/run/library.js";
import { DEFAULT_SERVER, defaultServer, numericServer } from "../../lib/run/server.js";
import { addSections } from "../shared/help.js";
import { createProgram, runProgram } from "../shared/program.js";
import { TOOLS } from "../shared/tools.js";

interface Options {
  server?: string;
  job?: string;
  preloadPath?: true;
  jobStart?: string;
  jobEnd?: string;
}

async function main(command: string[], options: Options, program: Command): Promise<void> {
  const { server, job, preloadPath, jobStart, jobEnd } = options;
  if (preloadPath) return void process.stdout.write(`${preloadLibrary()}\n`);
  const { OGRT_SERVER, SLURM_CLUSTER_NAME } = process.env;
  const collector = () => numericServer(server ?? (OGRT_SERVER || defaultServer()));
  if (jobStart !== undefined || jobEnd !== undefined) {
    if (command.length > 0) return program.error("error: --job-start and --job-end run no command");
    // As from a variable that is not set: the collector would expect processes of a job without a name.
    if (jobStart === "" || jobEnd === "") return program.error("error: --job-start and --job-end need the id of a job");
    // Imported on demand, to start commands sooner.
    const { sendJobEvent } = await import("../../lib/run/job-event.js");
    // As the preload library reports it. Slurm sets it for prologs and epilogs, too.
    const cluster = SLURM_CLUSTER_NAME || undefined;
    const send = async (type: "job-start" | "job-end", job: string | undefined) => {
      if (job !== undefined) await sendJobEvent(await collector(), { type, job, cluster });
    };
    await send("job-start", jobStart);
    await send("job-end", jobEnd);
    return;
  }
  if (command.length === 0) return program.error("error: no command was given");
  const variables = trackingVariables(process.env, { library: preloadLibrary(), server: await collector(), job });
  endAs(await runCommand(launcher(), command.length, variables));
}

export function program(name: string): Command {
  const program = createProgram(name, TOOLS.run)
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
    .action(main);
  addSections(program, {
    notes: ["The default server is refused when another user has its port; a server that is named is not."],
    lists: {
      "Exit status": [
        ["N", "that of the command"],
        ["3", "server or library cannot be used"],
        ["126", "the command cannot be executed"],
        ["127", "the command is not found"],
      ],
    },
    examples: [
      "ogrt-run -- ./app --input data.nc",
      "ogrt-run --server tcp://collector.example.org:7971 --job 4711 -- make check",
    ],
  });
  return program;
}

export const run = (name: string): Promise<void> => runProgram(program(name));
