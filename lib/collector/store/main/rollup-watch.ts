import type { RollupState } from "../../database/rollup.js";
import type { LogEvent } from "../../log/log.js";

/** Milliseconds between two lines on how far it is. */
const SAID_EVERY = 10_000;

/** Says when what answers are made from is behind what is stored (database/digest.ts). */
export class RollupWatch {
  readonly #log: LogEvent;
  #problem: string | undefined;
  #behind: string | undefined;
  #lastSaid = Number.NEGATIVE_INFINITY;

  constructor(log: LogEvent) {
    this.#log = log;
  }

  take({ rolledUp, last, error }: RollupState): void {
    const before = this.#problem;
    const what =
      rolledUp < last
        ? `answers miss the newest of ${last} records`
        : "what answers are made from stays larger than needed";
    this.#problem = error === undefined ? undefined : `${what}: ${error}`;
    if (this.#problem !== undefined) {
      if (before === undefined) this.#log("rollup-failed", this.#problem);
      return;
    }
    const wasBehind = this.#behind !== undefined;
    this.#behind = rolledUp < last ? `answers are prepared: ${rolledUp} of ${last} records` : undefined;
    if (this.#behind !== undefined) this.#sayAtTimes(this.#behind, { rolledUp, last });
    else if (wasBehind || before !== undefined)
      this.#log("rollup-current", `answers are made from all ${last} records`);
  }

  /** What whoever asks should know. */
  warnings(): string[] {
    return [this.#problem ?? this.#behind].filter((text) => text !== undefined);
  }

  #sayAtTimes(sentence: string, more: { rolledUp: number; last: number }): void {
    const now = performance.now();
    if (now - this.#lastSaid < SAID_EVERY) return;
    this.#lastSaid = now;
    this.#log("rollup-behind", sentence, more);
  }
}
