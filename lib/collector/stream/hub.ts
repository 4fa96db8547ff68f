import type { Naming } from "../frames/json.js";
import type { StreamedRecord } from "../frames/record.js";
import { matches, reporterOf, type StreamFilter } from "./filter.js";
import { Rendered } from "./rendered.js";

export interface Subscriber {
  readonly filter: StreamFilter;
  /** Sends a message; false when the subscriber is too slow. */
  readonly send: (message: Rendered) => boolean;
  /** Sends the number of messages that the subscriber has missed; false when it is too slow. */
  readonly sendLost: (count: number) => boolean;
}

/** Records kept for subscribers that ask for the last ones. */
export const MAX_REPLAY_RECORDS = 1000;
/** Estimated memory of these records. Many have what is not cached to themselves: up to a hundred times their size. */
const MAX_REPLAY_BYTES = 32 * 1024 * 1024;
/** Interval at which subscribers learn of lost messages when no new message follows. */
const LOSS_REPORT_INTERVAL_MS = 1000;

/**
 * Records → messages → subscribers whose filter matches. A subscriber that is too slow loses messages, and learns how
 * many; the others do not wait for it.
 */
export class StreamHub {
  readonly #subscribers = new Map<Subscriber, { lost: number }>();
  readonly #naming: Naming;
  /** The newest records, oldest first. */
  #replay: { readonly record: StreamedRecord; readonly bytes: number }[] = [];
  #replayBytes = 0;
  readonly #timer: NodeJS.Timeout;
  /** Number of messages sent, and lost by slow subscribers. */
  sent = 0;
  lost = 0;

  constructor(naming: Naming) {
    this.#naming = naming;
    this.#timer = setInterval(() => this.reportLosses(), LOSS_REPORT_INTERVAL_MS).unref();
  }

  /** Number of subscribers. */
  get size(): number {
    return this.#subscribers.size;
  }

  /** @param last - number of newest matching records to send first. */
  add(subscriber: Subscriber, last = 0): void {
    const state = { lost: 0 };
    this.#subscribers.set(subscriber, state);
    if (last === 0) return;
    for (const { record } of this.#replay.filter(({ record }) => matches(subscriber.filter, record)).slice(-last)) {
      this.#send(subscriber, state, new Rendered(record, this.#naming));
    }
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  /** @param bytes - estimated memory of the record. */
  publish(record: StreamedRecord, bytes: number): void {
    this.#replay.push({ record, bytes });
    this.#replayBytes += bytes;
    while (this.#replay.length > MAX_REPLAY_RECORDS || this.#replayBytes > MAX_REPLAY_BYTES) {
      this.#replayBytes -= this.#replay.shift()?.bytes ?? 0;
    }
    if (this.#subscribers.size === 0) return;
    const message = new Rendered(record, this.#naming);
    for (const [subscriber, state] of this.#subscribers) {
      if (matches(subscriber.filter, record)) this.#send(subscriber, state, message);
    }
  }

  /** Removes records from those that new subscribers can ask for. */
  forget(isGone: (user: string | undefined) => boolean): void {
    this.#replay = this.#replay.filter(({ record }) => !isGone(reporterOf(record).user));
    this.#replayBytes = this.#replay.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  reportLosses(): void {
    for (const [subscriber, state] of this.#subscribers) this.#reportLoss(subscriber, state);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #send(subscriber: Subscriber, state: { lost: number }, message: Rendered): void {
    this.#reportLoss(subscriber, state);
    if (state.lost === 0 && subscriber.send(message)) {
      this.sent++;
    } else {
      state.lost++;
      this.lost++;
    }
  }

  #reportLoss(subscriber: Subscriber, state: { lost: number }): void {
    if (state.lost > 0 && subscriber.sendLost(state.lost)) state.lost = 0;
  }
}
