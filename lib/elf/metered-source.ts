import { Budget } from "./budget.js";
import type { Limits } from "./limits.js";
import type { Source } from "./source.js";

/** Steps of one read that no window of a file source holds: a system call. */
const FAR_READ_STEPS = 16;
const NEAR_READ_STEPS = 2;
/** Bytes that a window of a file source holds before and behind the place that was asked for. */
const WINDOW_REACH_BYTES = 4096;
const NOWHERE = Number.NEGATIVE_INFINITY;
const READ_BYTES_PER_STEP = 512;

/** A source that charges a budget for each read. */
export interface BudgetedSource extends Source {
  readonly budget: Budget;
}

class MeteredSource implements BudgetedSource {
  readonly size: number;
  readonly path?: string;
  readonly budget: Budget;
  readonly #source: Source;
  /**
   * Where the last far reads were: a file source keeps the bytes around them. A typed array would need memory outside of
   * the heap, which costs more than reading a small file.
   */
  readonly #windows = [NOWHERE, NOWHERE, NOWHERE, NOWHERE];
  #next = 0;

  constructor(source: Source, budget: Budget) {
    this.size = source.size;
    if (source.path !== undefined) this.path = source.path;
    this.budget = budget;
    this.#source = source;
  }

  read(offset: number, length: number): Uint8Array {
    const steps = this.#isNear(offset, length) ? NEAR_READ_STEPS : FAR_READ_STEPS;
    this.budget.work(steps + Math.floor(length / READ_BYTES_PER_STEP), this, offset);
    return this.#source.read(offset, length);
  }

  #isNear(offset: number, length: number): boolean {
    const windows = this.#windows;
    for (let index = 0; index < windows.length; index++) {
      const center = windows[index] as number;
      if (offset >= center - WINDOW_REACH_BYTES && offset + length <= center + WINDOW_REACH_BYTES) return true;
    }
    windows[this.#next] = offset;
    this.#next = (this.#next + 1) % windows.length;
    return false;
  }
}

/**
 * The source with a budget that all readers charge. A source that has one already is returned unchanged: the limits of the
 * first caller apply.
 *
 * @example
 * ```ts
 * const source = withBudget(toSource(readFileSync("/bin/sh")), { maxSteps: 10_000 });
 * readSignatures(source);
 * readBuildId(source);
 * assert.ok(source.budget.steps < 1000);
 * ```
 *
 * @param options - limits other than the defaults, or the budget of another source, to charge that.
 */
export function withBudget(source: Source, options: Partial<Limits> | Budget = {}): BudgetedSource {
  if (source.budget !== undefined) return source as BudgetedSource;
  return new MeteredSource(source, options instanceof Budget ? options : new Budget(options));
}
