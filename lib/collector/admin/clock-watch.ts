import { renameSync, writeFileSync } from "node:fs";
import { readOwn } from "../../files/read-own.js";

/** A clock that is wrong by less than this deletes data at most this much too early. */
const DAY_MS = 86_400_000;

/** The wall clock, in milliseconds since the epoch, and a monotonic clock. */
export interface Clocks {
  readonly wall: () => number;
  readonly steady: () => number;
}

const CLOCKS: Clocks = { wall: () => Date.now(), steady: () => performance.now() };

/**
 * The clock by which old data is deleted: a wrong clock must not delete data. When the wall clock has moved by a day more
 * or less than the monotonic clock, it was set, or the collector was not running. The watch then distrusts it for a day, in
 * which an administrator can notice. A file keeps its last trusted time, so that a restart does not end the distrust.
 */
export class ClockWatch {
  readonly #path: string;
  readonly #clocks: Clocks;
  #last: { readonly wall: number; readonly steady: number } | undefined;
  /** A time of the monotonic clock. */
  #distrustedUntil = Number.NEGATIVE_INFINITY;

  constructor(path: string, clocks = CLOCKS) {
    this.#path = path;
    this.#clocks = clocks;
    const wall = readTime(path);
    if (wall !== undefined) this.#last = { wall, steady: clocks.steady() };
  }

  /**
   * The time in milliseconds since the epoch; undefined while the clock is distrusted.
   *
   * @throws Error when the distrust begins.
   */
  now(): number | undefined {
    const [wall, steady] = [this.#clocks.wall(), this.#clocks.steady()];
    const last = this.#last ?? { wall, steady };
    this.#last = { wall, steady };
    if (Math.abs(wall - last.wall - (steady - last.steady)) > DAY_MS) {
      this.#distrustedUntil = steady + DAY_MS;
      throw new Error(`no data is deleted for a day: the clock went from ${text(last.wall)} to ${text(wall)}`);
    }
    if (steady < this.#distrustedUntil) return undefined;
    writeTime(this.#path, wall);
    return wall;
  }
}

const MAX_TIME_BYTES = 100;

/** Undefined when there is no file yet, or no time in it. */
function readTime(path: string): number | undefined {
  try {
    const time = Date.parse(readOwn(path, MAX_TIME_BYTES).toString().trim());
    return Number.isNaN(time) ? undefined : time;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function writeTime(path: string, time: number): void {
  writeFileSync(`${path}.new`, `${text(time)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

const text = (time: number): string => new Date(time).toISOString();
