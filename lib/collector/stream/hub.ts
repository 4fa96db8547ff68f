import type { Naming } from "../json.js";
import type { StartRecord } from "../record.js";
import { matches, type StreamFilter } from "./filter.js";
import { Rendered } from "./rendered.js";

/** Somebody who receives the live stream. */
export interface Subscriber {
  readonly filter: StreamFilter;
  /** Takes a message, or returns false when it is too slow; it must not keep messages without bound. */
  readonly send: (message: Rendered) => boolean;
  /** The same, for the number of messages that it has missed. */
  readonly sendLost: (count: number) => boolean;
}

/** Records that are kept for subscribers that ask for the last ones. */
export const REPLAY_LIMIT = 1000;
/** How often those who lost messages are told, when no new message tells them, in milliseconds. */
const TELL_EVERY = 1000;

/** Hands each record to everybody who wants it. One who is too slow loses messages, and is told how many. */
export class StreamHub {
  readonly #subscribers = new Map<Subscriber, { lost: number }>();
  readonly #naming: Naming;
  /** The newest records; once full, `#next` is the place of the oldest. */
  #newest: StartRecord[] = [];
  #next = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(naming: Naming) {
    this.#naming = naming;
    this.#timer = setInterval(() => this.tellLosses(), TELL_EVERY).unref();
  }

  get size(): number {
    return this.#subscribers.size;
  }

  /** @param last - newest records that it wants first, as far as they pass its filter. */
  add(subscriber: Subscriber, last = 0): void {
    const state = { lost: 0 };
    this.#subscribers.set(subscriber, state);
    if (last === 0) return;
    const records = [...this.#newest.slice(this.#next), ...this.#newest.slice(0, this.#next)];
    for (const record of records.filter((record) => matches(subscriber.filter, record)).slice(-last)) {
      this.#send(subscriber, state, new Rendered(record, this.#naming));
    }
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  publish(record: StartRecord): void {
    this.#newest[this.#next] = record;
    this.#next = (this.#next + 1) % REPLAY_LIMIT;
    if (this.#subscribers.size === 0) return;
    const message = new Rendered(record, this.#naming);
    for (const [subscriber, state] of this.#subscribers) {
      if (matches(subscriber.filter, record)) this.#send(subscriber, state, message);
    }
  }

  /** Leaves records out of what newcomers get. */
  forget(isGone: (record: StartRecord) => boolean): void {
    const inOrder = [...this.#newest.slice(this.#next), ...this.#newest.slice(0, this.#next)];
    this.#newest = inOrder.filter((record) => !isGone(record));
    this.#next = this.#newest.length % REPLAY_LIMIT;
  }

  /** Tells those who lost messages and can take one again. */
  tellLosses(): void {
    for (const [subscriber, state] of this.#subscribers) this.#tellLoss(subscriber, state);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #send(subscriber: Subscriber, state: { lost: number }, message: Rendered): void {
    this.#tellLoss(subscriber, state);
    if (state.lost > 0 || !subscriber.send(message)) state.lost++;
  }

  #tellLoss(subscriber: Subscriber, state: { lost: number }): void {
    if (state.lost > 0 && subscriber.sendLost(state.lost)) state.lost = 0;
  }
}
