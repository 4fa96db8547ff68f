import type { Naming } from "../frames/json.js";
import type { StartRecord } from "../frames/record.js";
import { matches, type StreamFilter } from "./filter.js";
import { Rendered } from "./rendered.js";
import { Replay } from "./replay.js";

export interface Subscriber {
  readonly filter: StreamFilter;
  /** Sends a message; false when the subscriber is too slow. */
  readonly send: (message: Rendered) => boolean;
  /** Sends the number of messages that the subscriber has missed; false when it is too slow. */
  readonly sendLost: (count: number) => boolean;
}

/** Interval at which subscribers learn of lost messages when no new message follows. */
const LOSS_REPORT_INTERVAL_MS = 1000;

/**
 * Records → messages → subscribers whose filter matches. A subscriber that is too slow loses messages, and learns how
 * many; the others do not wait for it.
 */
export class StreamHub {
  readonly #subscribers = new Map<Subscriber, { lost: number }>();
  readonly #naming: Naming;
  readonly #replay = new Replay();
  readonly #timer: NodeJS.Timeout;

  constructor(naming: Naming) {
    this.#naming = naming;
    this.#timer = setInterval(() => this.reportLosses(), LOSS_REPORT_INTERVAL_MS).unref();
  }

  /** Number of messages sent, and lost by slow subscribers. */
  sent = 0;
  lost = 0;

  get size(): number {
    return this.#subscribers.size;
  }

  /** @param last - number of newest matching records to send first. */
  add(subscriber: Subscriber, last = 0): void {
    const state = { lost: 0 };
    this.#subscribers.set(subscriber, state);
    if (last === 0) return;
    for (const record of this.#replay.records.filter((record) => matches(subscriber.filter, record)).slice(-last)) {
      this.#send(subscriber, state, new Rendered(record, this.#naming));
    }
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  /** @param bytes - size of the frame of the record. */
  publish(record: StartRecord, bytes: number): void {
    this.#replay.add(record, bytes);
    if (this.#subscribers.size === 0) return;
    const message = new Rendered(record, this.#naming);
    for (const [subscriber, state] of this.#subscribers) {
      if (matches(subscriber.filter, record)) this.#send(subscriber, state, message);
    }
  }

  /** Removes records from those that new subscribers can ask for. */
  forget(isGone: (record: StartRecord) => boolean): void {
    this.#replay.remove(isGone);
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
