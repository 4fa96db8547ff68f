#!/usr/bin/env node
import { Option } from "commander";
import { printSettings } from "../lib/collector/config/print.js";
import { ConfigurationProblems, resolveSettings, unknownVariables } from "../lib/collector/config/resolve.js";
import { FILE_VARIABLE } from "../lib/collector/config/settings.js";
import { runDaemon } from "./collector/daemon.js";
import { addSettingOptions, settingsFromOptions } from "./collector/setting-options.js";
import { complain, createProgram, EXIT, examples, runProgram } from "./shared/program.js";

const TOOL = "ogrt-collector";

interface OwnOptions {
  config?: string;
  checkConfig?: true;
  printConfig?: true;
  json?: true;
}

const program = createProgram(
  TOOL,
  "Receive reports of processes, verify them, store them, answer questions and stream them live.",
)
  .addOption(
    new Option(
      "--config <file>",
      "read settings from this TOML file; options and environment variables take precedence",
    ).env(FILE_VARIABLE),
  )
  .option("--check-config", "check the settings and exit")
  .option("--print-config", "print the settings and the origin of each, and exit")
  .option("--json", "when ready, print the addresses as one line of JSON")
  .optionsGroup("Settings:");
addSettingOptions(program);
program
  .addHelpText(
    "after",
    `
Every setting has an environment variable, for example
OGRT_COLLECTOR_FLUSH_INTERVAL; lists are separated by commas. Port 0 selects a
free port.

Signals:
  SIGHUP           read the file of --config again
  SIGTERM, SIGINT  store the frames that have arrived and exit with 0`,
  )
  .action(async () => {
    const { config, checkConfig, printConfig, json } = program.opts<OwnOptions>();
    const read = () =>
      resolveSettings({ options: settingsFromOptions(program), environment: process.env, file: config });
    const configuration = await read().catch(complainOfSettings);
    if (configuration === undefined) return;
    if (checkConfig) for (const sentence of unknownVariables(process.env)) complain(TOOL, sentence);
    if (printConfig) process.stdout.write(printSettings(configuration));
    if (!checkConfig && !printConfig) await runDaemon(configuration.settings, config ? read : undefined, json === true);
  });
examples(
  program,
  "ogrt-collector --data ./ogrt-data",
  "ogrt-collector --config /etc/ogrt/collector.toml --check-config",
);

function complainOfSettings(error: unknown): undefined {
  if (!(error instanceof ConfigurationProblems)) throw error;
  for (const { message } of error.problems) complain(TOOL, message);
  const areMistakes = error.problems.every(({ code }) => code === "INVALID_CONFIGURATION");
  process.exitCode = areMistakes ? EXIT.usage : EXIT.unreadable;
}

await runProgram(program);
// After a failure a thread may still run.
if (process.exitCode !== EXIT.fine) process.exit();
