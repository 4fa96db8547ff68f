import type { NotRead } from "../../verify/index.js";
import { type ThreadState, threadState } from "./thread-state.js";

/** CPU time for one file, for work that the child itself does not limit. */
const MAX_LOOK_CPU_MS = 500;
/** Interval between observations of a child. After the first of them, others do not wait for the file. */
const OBSERVATION_INTERVAL_MS = 250;
/** A child that hangs in a system call uses no CPU time, except perhaps a tick of the clock that counts it. */
const MAX_HANG_CPU_MS = 10;

export interface SlowFileEvents {
  /** The file takes so long that others should not wait for it. With `isWaiting`, the child is in a system call. */
  readonly onSlow: (isWaiting: boolean) => void;
  /** The file takes too long. With `isHang`, a system call did not return. */
  readonly onTooSlow: (found: NotRead, isHang: boolean) => void;
}

/** Watches a child process while it examines a file. */
export class SlowFileWatch {
  /** Observations in the time for one file. */
  readonly #maxObservations: number;
  readonly #events: SlowFileEvents;
  #timer: NodeJS.Timeout | undefined;
  /** When the child began with the file, or later, by performance.now(). */
  #beganAt = 0;
  /** What the child did since then. */
  #observed: (ThreadState | undefined)[] = [];

  constructor(fileTimeoutMs: number, events: SlowFileEvents) {
    this.#maxObservations = Math.ceil(fileTimeoutMs / OBSERVATION_INTERVAL_MS);
    this.#events = events;
  }

  get elapsedMs(): number {
    return performance.now() - this.#beganAt;
  }

  /** (Re)starts with the next file. */
  start(pid: number | undefined): void {
    this.stop();
    this.#beganAt = performance.now();
    this.#observed = [];
    const timer = setInterval(() => {
      // After the results that wait to be read, since this thread may be the one that was late.
      setImmediate(() => {
        if (this.#timer === timer) this.#observe(pid);
      });
    }, OBSERVATION_INTERVAL_MS);
    this.#timer = timer;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** A child that computes does not hang in a system call: its file is to blame, or other work that takes the CPUs. */
  #observe(pid: number | undefined): void {
    const { onSlow, onTooSlow } = this.#events;
    const state = pid === undefined ? undefined : threadState(pid);
    this.#observed.push(state);
    if (this.#observed.length === 1) onSlow(state?.isRunnable !== true);
    const cpuMsSince = (index: number) => (state?.cpuMs ?? 0) - (this.#observed[index]?.cpuMs ?? 0);
    const isBusy = state?.isRunnable === true || cpuMsSince(this.#maxObservations >> 1) > MAX_HANG_CPU_MS;
    if (cpuMsSince(0) > MAX_LOOK_CPU_MS) onTooSlow({ state: "unreadable", reason: "limit-exceeded" }, false);
    else if (this.#observed.length < this.#maxObservations) return;
    else if (isBusy) onTooSlow({ state: "unchecked", reason: "overload" }, false);
    else onTooSlow({ state: "unchecked", reason: "timeout" }, true);
  }
}
