/** Bytes that may wait for one subscriber before it counts as too slow, and for all of them together. */
const ONE_LIMIT = 4 * 1024 * 1024;
const ALL_LIMIT = 32 * 1024 * 1024;

/** Somebody for whom bytes may wait. */
export interface Waiting {
  readonly bufferedAmount: number;
}

/**
 * What waits for subscribers. As long as one half of the memory is not used up, each may let as much wait as one ever
 * may, however many there are; then each has its share of the other half, so that no one who is quick pays for those who
 * are not.
 */
export class Backlogs {
  readonly #all = new Set<Waiting>();
  #bytes = 0;
  #isMeasured = false;

  add(subscriber: Waiting): void {
    this.#all.add(subscriber);
  }

  remove(subscriber: Waiting): void {
    this.#all.delete(subscriber);
  }

  /** Bytes that may wait for one of them now. */
  limit(): number {
    if (!this.#isMeasured) this.#measure();
    return this.#bytes < ALL_LIMIT / 2 ? ONE_LIMIT : Math.min(ONE_LIMIT, ALL_LIMIT / 2 / this.#all.size);
  }

  /** Notes bytes that one of them was given. */
  given(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Once a turn: to ask a thousand of them for each message would take longer than to send it. */
  #measure(): void {
    this.#bytes = 0;
    for (const { bufferedAmount } of this.#all) this.#bytes += bufferedAmount;
    this.#isMeasured = true;
    setImmediate(() => {
      this.#isMeasured = false;
    });
  }
}
