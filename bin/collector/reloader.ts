import type { Collector } from "../../lib/collector/collector.js";
import { changesOf } from "../../lib/collector/config/reload.js";
import { type Configuration, ConfigurationProblems } from "../../lib/collector/config/resolve.js";
import { type Settings, settingOf } from "../../lib/collector/config/settings.js";
import type { Log } from "../../lib/collector/log/log.js";

/** A function that reads the settings again and applies the changes to a running collector. */
export function reloader(
  collector: Collector,
  log: Log,
  current: Settings,
  read: () => Promise<Configuration>,
): () => Promise<void> {
  return async () => {
    try {
      const { settings, applied, deferred } = changesOf(current, (await read()).settings);
      await collector.reload(settings);
      log.setLevel(settings.logLevel);
      current = settings;
      const keys = applied.map((name) => settingOf(name).key);
      log.event("reloaded", keys.length === 0 ? "no setting changed" : `applied ${keys.join(", ")}`);
      for (const name of deferred) log.event("restart-needed", `${settingOf(name).key} changes at the next restart`);
    } catch (error) {
      const problems = error instanceof ConfigurationProblems ? error.problems : [error as Error];
      for (const { message } of problems) log.event("reload-refused", message);
    }
  };
}
