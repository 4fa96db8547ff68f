/** Bytes that may wait for one subscriber before it counts as too slow, and for all subscribers together. */
const MAX_BYTES_PER_SUBSCRIBER = 4 * 1024 * 1024;
const MAX_BYTES = 32 * 1024 * 1024;

/** A socket with bytes that wait to be sent. */
interface Backlog {
  readonly bufferedAmount: number;
}

/**
 * Limits the bytes that wait for subscribers. While less than half of the total is in use, each subscriber may use its
 * maximum. Beyond that, each has an equal share of the other half, so that slow subscribers cannot starve quick ones.
 */
export class Backlogs {
  readonly #all = new Set<Backlog>();
  #bytes = 0;
  #isMeasured = false;

  add(subscriber: Backlog): void {
    this.#all.add(subscriber);
  }

  remove(subscriber: Backlog): void {
    this.#all.delete(subscriber);
  }

  /** Bytes that may wait for one subscriber now. */
  limit(): number {
    if (!this.#isMeasured) this.#measure();
    if (this.#bytes < MAX_BYTES / 2) return MAX_BYTES_PER_SUBSCRIBER;
    return Math.min(MAX_BYTES_PER_SUBSCRIBER, MAX_BYTES / 2 / this.#all.size);
  }

  /** Counts bytes that were handed to a socket since the last measurement. */
  onSend(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Measures once per turn: asking a thousand sockets for each message would take longer than sending it. */
  #measure(): void {
    this.#bytes = 0;
    for (const { bufferedAmount } of this.#all) this.#bytes += bufferedAmount;
    this.#isMeasured = true;
    setImmediate(() => {
      this.#isMeasured = false;
    });
  }
}
