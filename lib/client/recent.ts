/** What tells one frame of a record from all others, and when the collector received it. */
interface Received {
  readonly uuid: string;
  readonly part: { readonly index: number } | null;
  readonly received: string;
}

/** More than a collector repeats, and a little: keys of frames that were handed over. */
const KEPT = 4000;

/** Knows which frames were handed over, so that what a collector repeats after a gap is left out. */
export class Recent {
  /** In the order in which they came. */
  readonly #keys = new Set<string>();
  /** What was received before is no gap, but was there before the subscription. */
  #since: string | undefined;

  /** The subscription begins, if it has not. */
  start(): void {
    // Without the Z: the collector writes more digits, and texts are compared.
    this.#since ??= new Date().toISOString().slice(0, -1);
  }

  /** @param resuming - after a gap the collector repeats what it has, also from before the subscription. */
  isNew(frame: Received, resuming: boolean): boolean {
    const key = `${frame.uuid}/${frame.part?.index ?? 0}`;
    if (this.#keys.has(key)) return false;
    if (resuming && this.#since !== undefined && frame.received < this.#since) return false;
    // The clock of the collector counts, as soon as it is known.
    if (this.#keys.size === 0 && !resuming) this.#since = frame.received;
    this.#keys.add(key);
    if (this.#keys.size > KEPT) this.#keys.delete(this.#keys.values().next().value as string);
    return true;
  }
}
