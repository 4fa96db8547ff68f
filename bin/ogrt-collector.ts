#!/usr/bin/env node
import { InvalidArgumentError, Option } from "commander";
import { startCollector } from "../lib/collector/collector.js";
import { addressOf } from "../lib/collector/config/kinds.js";
import { helpOf, printSettings } from "../lib/collector/config/print.js";
import { changesOf } from "../lib/collector/config/reload.js";
import {
  type Configuration,
  ConfigurationProblems,
  resolveSettings,
  unknownVariables,
} from "../lib/collector/config/resolve.js";
import { FILE_VARIABLE, SETTING_NAMES, type Settings, settingOf } from "../lib/collector/config/settings.js";
import type { Accounting } from "../lib/collector/frames/ledger.js";
import { type Listener, type OpenListener, RECEIVE_BUFFER } from "../lib/collector/ingest/protocol.js";
import { type LogEvent, openLog } from "../lib/collector/log/log.js";
import { dataDirectory } from "../lib/collector/shared/data-directory.js";
import { OgrtError } from "../lib/errors.js";
import { EXIT } from "./shared/exit.js";
import { complain, createProgram, runProgram } from "./shared/program.js";

const TOOL = "ogrt-collector";
/** A stop that takes longer, in milliseconds, is ended: less than the 90 s that systemd waits by default. */
const STOP_LIMIT = 60_000;

interface OwnOptions {
  config?: string;
  checkConfig?: true;
  printConfig?: true;
  json?: true;
}

const program = createProgram(TOOL, "Receive, verify, keep and stream the reports of processes.").addOption(
  new Option("--config <file>", "read settings from a TOML file; options and variables win").env(FILE_VARIABLE),
);
for (const option of settingOptions()) program.addOption(option);
program
  .option("--check-config", "say what is wrong with the settings, and end")
  .option("--print-config", "print the settings and where each comes from, and end")
  .option("--json", "print the addresses as one JSON line when ready")
  .addHelpText(
    "after",
    `
Each setting has an environment variable, as OGRT_COLLECTOR_FLUSH_INTERVAL; lists have commas there.
SIGHUP reads the file again. SIGTERM and SIGINT store what has arrived and end with 0. A port of 0 takes any free one.`,
  )
  .action(async () => {
    const { config, checkConfig, printConfig, json } = program.opts<OwnOptions>();
    const read = () => resolveSettings({ options: givenOptions(), environment: process.env, file: config });
    const configuration = await read().catch(complainOfSettings);
    if (configuration === undefined) return;
    if (checkConfig) for (const sentence of unknownVariables(process.env)) complain(TOOL, sentence);
    if (printConfig) process.stdout.write(printSettings(configuration));
    if (!checkConfig && !printConfig) await collect(configuration.settings, config && read, json === true);
  });

function settingOptions(): Option[] {
  return SETTING_NAMES.map(settingOf).flatMap((setting) => {
    if (setting.option === undefined) return [];
    const option = new Option(`--${setting.option} <${setting.valueName}>`, helpOf(setting));
    return option.argParser((text: string, before: unknown) => {
      try {
        return setting.parse(text, before);
      } catch (error) {
        throw new InvalidArgumentError(`${(error as Error).message}.`);
      }
    });
  });
}

/** The settings that the command line has. */
function givenOptions(): Partial<Settings> {
  const values = program.opts<Record<string, unknown>>();
  const attributes = new Map(program.options.map((option) => [option.long, option.attributeName()]));
  return Object.fromEntries(
    SETTING_NAMES.map((name) => [name, values[attributes.get(`--${settingOf(name).option}`) ?? ""]]),
  );
}

function complainOfSettings(error: unknown): undefined {
  if (!(error instanceof ConfigurationProblems)) throw error;
  for (const { message } of error.problems) complain(TOOL, message);
  const areMistakes = error.problems.every(({ code }) => code === "INVALID_CONFIGURATION");
  process.exitCode = areMistakes ? EXIT.usage : EXIT.unreadable;
}

/** @param read - reads the settings anew; undefined when there is no file that could have changed. */
async function collect(settings: Settings, read: undefined | "" | (() => Promise<Configuration>), json: boolean) {
  if (settings.data === undefined) {
    throw new OgrtError("INVALID_PARAMETER", "there is no home directory: --data is needed");
  }
  const data = dataDirectory(settings.data);
  // What is stored is nobody else's business.
  process.umask(0o077);
  // A signal that comes while things are being started must not be lost.
  const signals = listenToSignals(read ? ["SIGTERM", "SIGINT"] : ["SIGTERM", "SIGINT", "SIGHUP"]);
  let hangUp = () => {};
  if (read) process.on("SIGHUP", () => hangUp());
  const log = await openLog(settings.logLevel, settings.logFormat);
  const fail = (error: Error, fields = {}): never => {
    // Nothing orderly can be done with one part gone; what starts the collector again finds the store as it is on disk.
    log.event("failed", error.message, fields);
    log.close();
    process.exit(EXIT.unreadable);
  };
  const collector = await startCollector(data, settings, log);
  process.on("uncaughtException", (error) => fail(error, { stack: error.stack }));
  const listening = (transport: Listener["transport"]) =>
    collector.listeners.filter((listener) => listener.transport === transport).map(addressOf);
  const where = {
    pid: process.pid,
    udp: listening("udp"),
    tcp: listening("tcp"),
    unix: listening("unix"),
    http: collector.url,
    login: collector.loginLink,
    data: data.path,
    tokenFile: data.token,
  };
  for (const sentence of unknownVariables(process.env)) log.event("unknown-variable", sentence);
  for (const listener of collector.listeners) warnOfSmallBuffer(listener, log.event);
  log.event("started", `receives on ${collector.listeners.map(addressOf).join(", ")}, answers on ${where.http}`);
  process.stdout.write(json ? `${JSON.stringify(where)}\n` : page(where));

  let current = settings;
  const reload = async (readAgain: () => Promise<Configuration>) => {
    try {
      const { settings: next, taken, waiting } = changesOf(current, (await readAgain()).settings);
      await collector.reload(next);
      log.setLevel(next.logLevel);
      current = next;
      const keys = taken.map((name) => settingOf(name).key);
      log.event("reloaded", keys.length === 0 ? "no setting has changed" : `taken over: ${keys.join(", ")}`);
      for (const name of waiting) log.event("restart-needed", `${settingOf(name).key} stays until a restart`);
    } catch (error) {
      const problems = error instanceof ConfigurationProblems ? error.problems : [error as Error];
      for (const { message } of problems) log.event("reload-refused", message);
    }
  };
  let reloading = Promise.resolve();
  if (read) {
    hangUp = () => {
      reloading = reloading.then(() => reload(read));
    };
  }

  try {
    await Promise.race([signals.first, collector.failed]);
  } catch (error) {
    fail(error as Error);
  }
  log.event("stopping", "stores what has arrived");
  const endEarly = (reason: string) => {
    log.event("stopped-early", reason);
    log.close();
    process.exit(EXIT.unreadable);
  };
  void signals.second.then((signal) => endEarly(`ended at once by a second signal, ${signal}`));
  setTimeout(() => endEarly(`not done after ${STOP_LIMIT / 1000} s`), STOP_LIMIT).unref();
  hangUp = () => {};
  await reloading;
  await collector.stop();
  log.event("stopped", balance(collector.accounting()));
  log.close();
  process.exitCode = EXIT.fine;
}

/** Where all that arrived went. */
function balance({ received, stored, duplicate, rejected, dropped }: Accounting): string {
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, frames) => total + frames, 0);
  const lost = `${sum(rejected)} rejected, ${sum(dropped)} dropped`;
  return `${received} frames came: ${stored} stored, ${duplicate} repeats, ${lost}`;
}

function listenToSignals(names: readonly NodeJS.Signals[]): Record<"first" | "second", Promise<NodeJS.Signals>> {
  const resolvers: ((signal: NodeJS.Signals) => void)[] = [];
  const next = () => new Promise<NodeJS.Signals>((resolve) => resolvers.push(resolve));
  const promises = { first: next(), second: next() };
  for (const name of names) process.on(name, () => resolvers.shift()?.(name));
  return promises;
}

interface Where extends Record<"http" | "login" | "data", string> {
  udp: string[];
  tcp: string[];
  unix: string[];
}

function page({ udp, tcp, unix, http, login, data }: Where): string {
  const local = unix.length === 0 ? "" : `; unix ${unix.join(", ")}`;
  return [
    `receiving   udp ${udp.join(", ")}; tcp ${tcp.join(", ")}${local}`,
    `answering   ${http} (token in ${data}/token)`,
    `browser     ${login} (once)`,
    "",
  ].join("\n");
}

/** The kernel gives what net.core.rmem_max allows, doubled for its own bookkeeping (socket(7)). */
function warnOfSmallBuffer(listener: OpenListener, log: LogEvent): void {
  const { transport, receiveBuffer } = listener;
  if (transport !== "udp" || receiveBuffer >= RECEIVE_BUFFER) return;
  const remedy = `sysctl -w net.core.rmem_max=${RECEIVE_BUFFER} before the collector starts gives more`;
  const sentence = `udp ${addressOf(listener)} has a receive buffer of ${receiveBuffer} bytes; ${remedy}`;
  log("small-receive-buffer", sentence, { receiveBuffer });
}

await runProgram(program);
// After a failure a thread may still be there.
if (process.exitCode !== EXIT.fine) process.exit();
