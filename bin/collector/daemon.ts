import { setFlagsFromString } from "node:v8";
import { startCollector } from "../../lib/collector/collector.js";
import type { Configuration } from "../../lib/collector/config/resolve.js";
import type { Settings } from "../../lib/collector/config/settings.js";
import type { Accounting } from "../../lib/collector/frames/ledger.js";
import { type Log, openLog } from "../../lib/collector/log/log.js";
import { dataDirectory } from "../../lib/collector/shared/data-directory.js";
import { haltThreads } from "../../lib/collector/threads/thread.js";
import { OgrtError } from "../../lib/errors.js";
import { sumOf } from "../../lib/shared/sum.js";
import { EXIT } from "../shared/program.js";
import { announce } from "./announcement.js";
import { reloader } from "./reloader.js";

/**
 * By how much the heap may grow until V8 collects it again. V8 would let it grow up to fourfold, which took 300 MB more
 * under a load of distinct values.
 */
const HEAP_GROWTH_PERCENT = 40;
/** A stop that takes longer is cut short. systemd kills a service after 90 s by default. */
const STOP_TIMEOUT_MS = 60_000;

/**
 * Runs a collector until a signal stops it.
 *
 * @param read - reads the settings again on SIGHUP; without it, SIGHUP stops the collector.
 */
export async function runDaemon(
  settings: Settings,
  read: (() => Promise<Configuration>) | undefined,
  json: boolean,
): Promise<void> {
  if (settings.data === undefined) {
    throw new OgrtError("INVALID_PARAMETER", "--data is required without a home directory");
  }
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  const data = dataDirectory(settings.data);
  // Only the collector's own user may read what it stores.
  process.umask(0o077);
  // Installed before the start, so that a signal that arrives during it is not lost.
  const signals = listenToSignals(read ? ["SIGTERM", "SIGINT"] : ["SIGTERM", "SIGINT", "SIGHUP"]);
  let reload = async () => {};
  let reloading = Promise.resolve();
  if (read) process.on("SIGHUP", () => (reloading = reloading.then(reload)));
  const log = await openLog(settings.logLevel, settings.logFormat);
  const stopping = new AbortController();
  void signals.first.then(() => {
    stopping.abort(new Error("a signal stopped the start"));
    log.event("stopping", "storing the frames that have arrived");
    void signals.second.then((signal) => end(log, "stopped-early", `ended at once by a second signal, ${signal}`));
    const limit = `not done after ${STOP_TIMEOUT_MS / 1000} s`;
    setTimeout(() => end(log, "stopped-early", limit), STOP_TIMEOUT_MS).unref();
  });
  const collector = await startCollector(data, settings, log, stopping.signal).catch((error) => {
    if (!stopping.signal.aborted) throw error;
    log.event("stopped", "the collector had not started: no frames had arrived");
    log.close();
  });
  if (collector === undefined) return;
  process.on("uncaughtException", (error) => fail(log, error, { stack: error.stack }));
  announce(collector, data, log.event, json);
  if (read) reload = reloader(collector, log, settings, read);

  try {
    await Promise.race([signals.first, collector.failed]);
  } catch (error) {
    return fail(log, error as Error);
  }
  reload = async () => {};
  await reloading;
  const refusedBefore = collector.accounting().dropped["store-error"] ?? 0;
  await collector.stop().catch((error) => {
    // Parts fail to stop when the collector is ended meanwhile.
    if (!isEnding) throw error;
  });
  if (isEnding) return;
  const counts = collector.accounting();
  log.event("stopped", balance(counts));
  log.close();
  // A stop waits for no room on the disk.
  const isAllStored = (counts.dropped["store-error"] ?? 0) === refusedBefore;
  process.exitCode = isAllStored ? EXIT.fine : EXIT.unreadable;
}

/** The first signal stops the collector, the second ends it at once. */
function listenToSignals(names: readonly NodeJS.Signals[]): Record<"first" | "second", Promise<NodeJS.Signals>> {
  const resolvers: ((signal: NodeJS.Signals) => void)[] = [];
  const next = () => new Promise<NodeJS.Signals>((resolve) => resolvers.push(resolve));
  const promises = { first: next(), second: next() };
  for (const name of names) process.on(name, () => resolvers.shift()?.(name));
  return promises;
}

/** With one part gone there is no orderly stop. The next start finds the store as it is on disk. */
function fail(log: Log, error: Error, fields: { stack?: string | undefined } = {}): Promise<void> {
  return end(log, "failed", error.message, fields);
}

let isEnding = false;

async function end(log: Log, event: "failed" | "stopped-early", reason: string, fields = {}): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  log.event(event, reason, fields);
  log.close();
  await haltThreads();
  process.exit(EXIT.unreadable);
}

/** What happened to the received frames. */
function balance({ received, stored, duplicate, rejected, dropped }: Accounting): string {
  const lost = `${sumOf(rejected)} rejected, ${sumOf(dropped)} dropped`;
  return `received ${received} frames: ${stored} stored, ${duplicate} duplicates, ${lost}`;
}
