/** The members that identify a message about a record, and the time when the collector received it. */
interface Received {
  readonly uuid: string;
  readonly type: string;
  readonly part: { readonly index: number } | number | null;
  readonly received: string;
}

/** Above the number of frames that a collector repeats after a gap. */
const MAX_KEYS = 4000;

/** Remembers delivered frames, so that the frames that a collector repeats after a gap are delivered once. */
export class Recent {
  /** In order of arrival. */
  readonly #keys = new Set<string>();
  /** When the subscription began; what the collector received earlier does not fill a gap. */
  #since: string | undefined;

  /** Begins the subscription; later calls do nothing. */
  start(): void {
    // Without the Z, because the collector writes more digits and the comparison is textual.
    this.#since ??= new Date().toISOString().slice(0, -1);
  }

  /** @param resuming - after a gap, when the collector repeats what it has, also from before the subscription. */
  isNew(frame: Received, resuming: boolean): boolean {
    const { part } = frame;
    const key = `${frame.type}/${frame.uuid}/${typeof part === "number" ? part : (part?.index ?? 0)}`;
    if (this.#keys.has(key)) return false;
    if (resuming && this.#since !== undefined && frame.received < this.#since) return false;
    // From the first frame on, the collector's clock is used.
    if (this.#keys.size === 0 && !resuming) this.#since = frame.received;
    this.#keys.add(key);
    if (this.#keys.size > MAX_KEYS) this.#keys.delete(this.#keys.values().next().value as string);
    return true;
  }
}
