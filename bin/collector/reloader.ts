import type { Collector } from "../../lib/collector/collector.js";
import { changesOf } from "../../lib/collector/config/reload.js";
import { type Configuration, ConfigurationProblems } from "../../lib/collector/config/resolve.js";
import { type Settings, settingOf } from "../../lib/collector/config/settings.js";
import type { Log } from "../../lib/collector/log/log.js";

/** Applies changed settings to a running collector, one reload after the other. */
export class Reloader {
  readonly #collector: Collector;
  readonly #log: Log;
  readonly #read: () => Promise<Configuration>;
  #settings: Settings;
  #reloading = Promise.resolve();

  constructor(collector: Collector, log: Log, settings: Settings, read: () => Promise<Configuration>) {
    this.#collector = collector;
    this.#log = log;
    this.#settings = settings;
    this.#read = read;
  }

  request(): void {
    this.#reloading = this.#reloading.then(() => this.#reload());
  }

  /** Resolves when every requested reload is done. */
  idle(): Promise<void> {
    return this.#reloading;
  }

  async #reload(): Promise<void> {
    const log = this.#log;
    try {
      const { settings, taken, waiting } = changesOf(this.#settings, (await this.#read()).settings);
      await this.#collector.reload(settings);
      log.setLevel(settings.logLevel);
      this.#settings = settings;
      const keys = taken.map((name) => settingOf(name).key);
      log.event("reloaded", keys.length === 0 ? "no setting changed" : `applied ${keys.join(", ")}`);
      for (const name of waiting) log.event("restart-needed", `${settingOf(name).key} changes at the next restart`);
    } catch (error) {
      const problems = error instanceof ConfigurationProblems ? error.problems : [error as Error];
      for (const { message } of problems) log.event("reload-refused", message);
    }
  }
}
