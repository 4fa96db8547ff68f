import type { StartRecord } from "../frames/record.js";

/** Records kept for subscribers that ask for the last ones. */
export const MAX_REPLAY_RECORDS = 1000;
/** Size of their frames on the wire. In memory a record takes several times as much. */
const MAX_REPLAY_BYTES = 8 * 1024 * 1024;

/** The newest records, oldest first. */
export class Replay {
  #entries: { readonly record: StartRecord; readonly bytes: number }[] = [];
  #bytes = 0;

  get records(): StartRecord[] {
    return this.#entries.map(({ record }) => record);
  }

  /** @param bytes - size of the frame of the record. */
  add(record: StartRecord, bytes: number): void {
    this.#entries.push({ record, bytes });
    this.#bytes += bytes;
    while (this.#entries.length > MAX_REPLAY_RECORDS || this.#bytes > MAX_REPLAY_BYTES) {
      this.#bytes -= this.#entries.shift()?.bytes ?? 0;
    }
  }

  remove(isGone: (record: StartRecord) => boolean): void {
    this.#entries = this.#entries.filter(({ record }) => !isGone(record));
    this.#bytes = this.#entries.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
