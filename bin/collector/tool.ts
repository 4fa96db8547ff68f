import { type Command, Option } from "commander";
import { printSettings } from "../../lib/collector/config/print.js";
import { ConfigurationProblems, resolveSettings, unknownVariables } from "../../lib/collector/config/resolve.js";
import { FILE_VARIABLE, type Settings } from "../../lib/collector/config/settings.js";
import { inputProblems } from "../../lib/collector/parts/check-inputs.js";
import { addSections } from "../shared/help.js";
import { complain, createProgram, EXIT, runProgram } from "../shared/program.js";
import { TOOLS } from "../shared/tools.js";
import { runDaemon } from "./daemon.js";
import { addSettingOptions, settingsFromOptions } from "./setting-options.js";

const TOOL = "ogrt-collector";

interface OwnOptions {
  config?: string;
  checkConfig?: true;
  printConfig?: true;
  json?: true;
}

export function program(name: string): Command {
  const program = createProgram(name, TOOLS.collector)
    .addOption(
      new Option(
        "--config <file>",
        "read settings from this TOML file; options and environment variables take precedence",
      ).env(FILE_VARIABLE),
    )
    .option("--check-config", "check the settings and the files that they name, and exit")
    .option("--print-config", "print the settings and the origin of each, and exit")
    .option("--json", "when ready, print the addresses as one line of JSON")
    .optionsGroup("Settings:");
  addSettingOptions(program);
  program.action(() => main(program));
  addSections(program, {
    notes: [
      "Every setting has an environment variable, for example OGRT_COLLECTOR_FLUSH_INTERVAL; lists are separated by " +
        "commas. Port 0 selects a free port.",
    ],
    lists: {
      Signals: [
        ["SIGHUP", "read the file of --config again"],
        ["SIGTERM, SIGINT", "store the frames that have arrived and exit with 0, or 3 if the store refuses some"],
      ],
    },
    examples: ["ogrt-collector --data ./ogrt-data", "ogrt-collector --config /etc/ogrt/collector.toml --check-config"],
  });
  return program;
}

async function main(program: Command): Promise<void> {
  const { config, checkConfig, printConfig, json } = program.opts<OwnOptions>();
  const read = () => resolveSettings({ options: settingsFromOptions(program), environment: process.env, file: config });
  const configuration = await read().catch(complainOfSettings);
  if (configuration === undefined) return;
  if (checkConfig) check(configuration.settings);
  if (printConfig) process.stdout.write(printSettings(configuration));
  if (!checkConfig && !printConfig) await runDaemon(configuration.settings, config ? read : undefined, json === true);
}

function check(settings: Settings): void {
  for (const sentence of unknownVariables(process.env)) complain(TOOL, sentence);
  const problems = inputProblems(settings);
  for (const sentence of problems) complain(TOOL, sentence);
  if (problems.length > 0) process.exitCode = EXIT.unreadable;
}

function complainOfSettings(error: unknown): undefined {
  if (!(error instanceof ConfigurationProblems)) throw error;
  for (const { message } of error.problems) complain(TOOL, message);
  const areMistakes = error.problems.every(({ code }) => code === "INVALID_CONFIGURATION");
  process.exitCode = areMistakes ? EXIT.usage : EXIT.unreadable;
}

export async function run(name: string): Promise<void> {
  await runProgram(program(name));
  // After a failure a thread may still run.
  if (process.exitCode !== EXIT.fine) process.exit();
}
