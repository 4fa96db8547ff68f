import type { Naming } from "../frames/json.js";
import type { StartRecord } from "../frames/record.js";
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
/** Bytes on the wire of those; in memory a record takes several times as much. */
const REPLAY_BYTES = 8 * 1024 * 1024;
/** How often those who lost messages are told, when no new message tells them, in milliseconds. */
const TELL_EVERY = 1000;

/** Hands each record to everybody who wants it. One who is too slow loses messages, and is told how many. */
export class StreamHub {
  readonly #subscribers = new Map<Subscriber, { lost: number }>();
  readonly #naming: Naming;
  /** The newest records, oldest first, and what they took on the wire. */
  #newest: { readonly record: StartRecord; readonly bytes: number }[] = [];
  #newestBytes = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(naming: Naming) {
    this.#naming = naming;
    this.#timer = setInterval(() => this.tellLosses(), TELL_EVERY).unref();
  }

  /** Messages that went to subscribers, and those that they were too slow for. */
  sent = 0;
  lost = 0;

  get size(): number {
    return this.#subscribers.size;
  }

  /** @param last - newest records that it wants first, as far as they pass its filter. */
  add(subscriber: Subscriber, last = 0): void {
    const state = { lost: 0 };
    this.#subscribers.set(subscriber, state);
    if (last === 0) return;
    const records = this.#newest.map(({ record }) => record);
    for (const record of records.filter((record) => matches(subscriber.filter, record)).slice(-last)) {
      this.#send(subscriber, state, new Rendered(record, this.#naming));
    }
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  /** @param bytes - of its frame. */
  publish(record: StartRecord, bytes: number): void {
    this.#newest.push({ record, bytes });
    this.#newestBytes += bytes;
    while (this.#newest.length > REPLAY_LIMIT || this.#newestBytes > REPLAY_BYTES) {
      this.#newestBytes -= this.#newest.shift()?.bytes ?? 0;
    }
    if (this.#subscribers.size === 0) return;
    const message = new Rendered(record, this.#naming);
    for (const [subscriber, state] of this.#subscribers) {
      if (matches(subscriber.filter, record)) this.#send(subscriber, state, message);
    }
  }

  /** Leaves records out of what newcomers get. */
  forget(isGone: (record: StartRecord) => boolean): void {
    this.#newest = this.#newest.filter(({ record }) => !isGone(record));
    this.#newestBytes = this.#newest.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Tells those who lost messages and can take one again. */
  tellLosses(): void {
    for (const [subscriber, state] of this.#subscribers) this.#tellLoss(subscriber, state);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #send(subscriber: Subscriber, state: { lost: number }, message: Rendered): void {
    this.#tellLoss(subscriber, state);
    if (state.lost === 0 && subscriber.send(message)) {
      this.sent++;
    } else {
      state.lost++;
      this.lost++;
    }
  }

  #tellLoss(subscriber: Subscriber, state: { lost: number }): void {
    if (state.lost > 0 && subscriber.sendLost(state.lost)) state.lost = 0;
  }
}
