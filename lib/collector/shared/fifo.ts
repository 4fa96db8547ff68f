/** Items that were taken stay in the array until there are this many of them, and more than others. */
const MIN_TAKEN = 256;

/** A queue. It holds no item that was taken, also when it is never empty. */
export class Fifo<T> {
  /** Oldest first, from `#first` on. */
  readonly #items: (T | undefined)[] = [];
  #first = 0;

  get length(): number {
    return this.#items.length - this.#first;
  }

  /** The oldest item; undefined when the queue is empty. */
  get oldest(): T | undefined {
    return this.#items[this.#first];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Takes the oldest item; undefined when the queue is empty. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#first];
    this.#items[this.#first++] = undefined;
    if (this.length === 0 || (this.#first >= MIN_TAKEN && this.#first > this.length)) {
      this.#items.splice(0, this.#first);
      this.#first = 0;
    }
    return item;
  }
}
