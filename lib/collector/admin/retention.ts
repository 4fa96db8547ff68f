import type { LogEvent } from "../log/log.js";
import type { Maintenance } from "./maintenance.js";

const CHECK_INTERVAL_MS = 3_600_000;

/** Removes processes that are older than a number of days, now and every hour. */
export class Retention {
  readonly #maintenance: Maintenance;
  readonly #log: LogEvent;
  #timer: NodeJS.Timeout | undefined;

  constructor(maintenance: Maintenance, log: LogEvent) {
    this.#maintenance = maintenance;
    this.#log = log;
  }

  /** @param days - undefined keeps everything. */
  keep(days: number | undefined): void {
    this.stop();
    if (days === undefined) return;
    const remove = () => {
      this.#maintenance.retain(days).then(
        (isDone) => isDone && this.#log("retention-done", `processes older than ${days} days were removed`, { days }),
        ({ message }: Error) =>
          this.#log("retention-failed", `processes older than ${days} days were not removed: ${message}`, { days }),
      );
    };
    remove();
    this.#timer = setInterval(remove, CHECK_INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
