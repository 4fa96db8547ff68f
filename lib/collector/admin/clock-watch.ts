import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** Milliseconds. A clock that is wrong by less removes things by so much too early at most. */
const DAY = 86_400_000;

/** The wall clock, in milliseconds since the epoch, and one that nobody sets. */
export interface Clocks {
  readonly wall: () => number;
  readonly steady: () => number;
}

const CLOCKS: Clocks = { wall: () => Date.now(), steady: () => performance.now() };

/**
 * Tells the time to what removes things by their age. A wall clock that went by more than a day in a way that only
 * setting it explains (or that the collector did not run) is not believed for the day after: as long as whoever set it
 * wrong has to notice. What it showed last is kept in a file, so that a restart does not make it believed.
 */
export class ClockWatch {
  readonly #path: string;
  readonly #clocks: Clocks;
  #last: { readonly wall: number; readonly steady: number } | undefined;
  /** By the steady clock. */
  #doubtedUntil = Number.NEGATIVE_INFINITY;

  constructor(path: string, clocks = CLOCKS) {
    this.#path = path;
    this.#clocks = clocks;
    const wall = readTime(path);
    if (wall !== undefined) this.#last = { wall, steady: clocks.steady() };
  }

  /**
   * The time in milliseconds since the epoch; undefined while it is not believed.
   *
   * @throws Error when it begins not to be believed.
   */
  now(): number | undefined {
    const [wall, steady] = [this.#clocks.wall(), this.#clocks.steady()];
    const last = this.#last ?? { wall, steady };
    this.#last = { wall, steady };
    if (Math.abs(wall - last.wall - (steady - last.steady)) > DAY) {
      this.#doubtedUntil = steady + DAY;
      throw new Error(`nothing is removed for a day, as the clock went from ${text(last.wall)} to ${text(wall)}`);
    }
    if (steady < this.#doubtedUntil) return undefined;
    writeTime(this.#path, wall);
    return wall;
  }
}

/** Undefined where there is none yet, or none that makes sense. */
function readTime(path: string): number | undefined {
  try {
    const time = Date.parse(readFileSync(path, "utf8").trim());
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
