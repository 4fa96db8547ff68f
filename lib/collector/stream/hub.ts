import { streamedProcess } from "../json.js";
import type { StartRecord } from "../record.js";
import { matches, type StreamFilter } from "./filter.js";

/** Somebody who receives the live stream. */
export interface Subscriber {
  readonly filter: StreamFilter;
  /** Takes a message, or returns false when it is too slow; it must not keep messages without bound. */
  readonly send: (text: string) => boolean;
}

/** Hands each record to everybody who wants it. One who is too slow loses messages, and is told how many. */
export class StreamHub {
  readonly #subscribers = new Map<Subscriber, { lost: number }>();

  get size(): number {
    return this.#subscribers.size;
  }

  add(subscriber: Subscriber): void {
    this.#subscribers.set(subscriber, { lost: 0 });
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  publish(record: StartRecord): void {
    // Made once for all, and only when somebody listens.
    let text: string | undefined;
    for (const [subscriber, state] of this.#subscribers) {
      if (!matches(subscriber.filter, record)) continue;
      if (state.lost > 0 && subscriber.send(JSON.stringify({ type: "lost", count: state.lost }))) state.lost = 0;
      text ??= JSON.stringify(streamedProcess(record));
      if (state.lost > 0 || !subscriber.send(text)) state.lost++;
    }
  }
}
