import type { RollupState } from "../../database/rollup/rollup.js";
import type { LogEvent } from "../../log/log.js";
import { publicReason } from "../../shared/public-reason.js";

/** Shortest time between two log lines about progress. */
const LOG_INTERVAL_MS = 10_000;

/** Logs when the rollup, which answers are made from, lags behind the store (database/rollup/). */
export class RollupWatch {
  readonly #log: LogEvent;
  #problem: string | undefined;
  #lag: string | undefined;
  #lastLogged = Number.NEGATIVE_INFINITY;

  constructor(log: LogEvent) {
    this.#log = log;
  }

  update({ rolledUp, last, error }: RollupState): void {
    const before = this.#problem;
    const effect =
      rolledUp < last ? `answers miss the newest of ${last} records` : "the rollup stays larger than it needs to be";
    this.#problem = error === undefined ? undefined : `${effect}: ${publicReason({ message: error })}`;
    if (error !== undefined) {
      if (before === undefined) this.#log("rollup-failed", `${effect}: ${error}`);
      return;
    }
    const wasBehind = this.#lag !== undefined;
    this.#lag = rolledUp < last ? `the rollup is brought up to date: ${rolledUp} of ${last} records` : undefined;
    if (this.#lag !== undefined) this.#logProgress(this.#lag, { rolledUp, last });
    else if (wasBehind || before !== undefined) this.#log("rollup-current", `the rollup holds all ${last} records`);
  }

  /** What users of the answers should know. Public: /readyz needs no token. */
  warnings(): string[] {
    return [this.#problem ?? this.#lag].filter((text) => text !== undefined);
  }

  #logProgress(sentence: string, fields: { rolledUp: number; last: number }): void {
    const now = performance.now();
    if (now - this.#lastLogged < LOG_INTERVAL_MS) return;
    this.#lastLogged = now;
    this.#log("rollup-behind", sentence, fields);
  }
}
