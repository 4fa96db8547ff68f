import type { ProcessEnd } from "../../wire/index.js";

/**
 * An end whose start has not arrived waits for it until this long after the process started, in milliseconds. Datagrams
 * overtake each other by much less.
 */
export const START_DELAY_MS = 1000;
/** Limits the ends that wait for starts that have not arrived. Further ones do not wait. */
const MAX_WAITING_ENDS = 10_000;

/** An end that waits. */
interface WaitingEnd {
  readonly onward: () => void;
  /** Set while its start has not arrived. */
  timer: NodeJS.Timeout | undefined;
}

/**
 * Lets each end go on after the start of its process, so that it is stored with a higher sequence. An end overtakes its start
 * when that waits for verdicts, or when the network reordered their datagrams.
 *
 * The bounds: a start that is in flight goes on at the deadline of its verdicts, and frames in flight are limited. A start
 * that has not arrived is waited for a moment only, and not by more than {@link MAX_WAITING_ENDS}.
 */
export class StartOrder {
  /** Frames of starts in flight, by UUID. */
  readonly #starting = new Map<string, number>();
  readonly #waiting = new Map<string, WaitingEnd[]>();
  /** Ends whose start has not arrived. */
  #unstarted = 0;
  readonly #maxUnstarted: number;

  constructor(maxUnstarted = MAX_WAITING_ENDS) {
    this.#maxUnstarted = maxUnstarted;
  }

  /** A frame of a start has arrived. */
  begin(uuid: string): void {
    this.#starting.set(uuid, (this.#starting.get(uuid) ?? 0) + 1);
    for (const end of this.#waiting.get(uuid) ?? []) this.#stopTimer(end);
  }

  /** That frame has gone on, or is over. */
  finish(uuid: string): void {
    const left = (this.#starting.get(uuid) ?? 1) - 1;
    if (left > 0) {
      this.#starting.set(uuid, left);
      return;
    }
    this.#starting.delete(uuid);
    const ends = this.#waiting.get(uuid) ?? [];
    this.#waiting.delete(uuid);
    for (const { onward } of ends) onward();
  }

  /** @param hasStarted - whether the start is known to have arrived. */
  afterStart(end: Pick<ProcessEnd, "uuid" | "time" | "startTime">, hasStarted: boolean, onward: () => void): void {
    const { uuid } = end;
    if (this.#starting.has(uuid)) {
      this.#wait(uuid, { onward, timer: undefined });
      return;
    }
    const delay = hasStarted || this.#unstarted >= this.#maxUnstarted ? 0 : remainingDelay(end);
    if (delay <= 0) {
      onward();
      return;
    }
    this.#unstarted++;
    const waiting: WaitingEnd = { onward, timer: undefined };
    waiting.timer = setTimeout(() => this.#giveUp(uuid, waiting), delay);
    this.#wait(uuid, waiting);
  }

  #wait(uuid: string, end: WaitingEnd): void {
    const ends = this.#waiting.get(uuid);
    if (ends === undefined) this.#waiting.set(uuid, [end]);
    else ends.push(end);
  }

  #giveUp(uuid: string, end: WaitingEnd): void {
    this.#stopTimer(end);
    const others = (this.#waiting.get(uuid) ?? []).filter((one) => one !== end);
    if (others.length > 0) this.#waiting.set(uuid, others);
    else this.#waiting.delete(uuid);
    end.onward();
  }

  #stopTimer(end: WaitingEnd): void {
    if (end.timer === undefined) return;
    clearTimeout(end.timer);
    end.timer = undefined;
    this.#unstarted--;
  }
}

/** Both times are those of the process. One that ran longer sent its start long ago: it has arrived, or is lost. */
function remainingDelay({ time, startTime }: Pick<ProcessEnd, "time" | "startTime">): number {
  if (time === undefined || startTime === undefined) return START_DELAY_MS;
  const elapsed = Number((time.nanoseconds - startTime.nanoseconds) / 1_000_000n);
  return elapsed < 0 ? START_DELAY_MS : START_DELAY_MS - elapsed;
}
