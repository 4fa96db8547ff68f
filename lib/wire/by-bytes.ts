import { crc32 } from "node:zlib";
import { BoundedMap } from "../shared/bounded-map.js";

interface Entry<V> {
  readonly bytes: Uint8Array;
  readonly value: V;
}

/**
 * Values by the bytes that they were decoded from, found by a checksum and then compared: the same bytes as text for a
 * key cost ten times as much. Of two with the same checksum the later one stays; who makes such bytes up gains nothing
 * but work for us that any new bytes would bring.
 */
export class ByBytes<V> {
  readonly #entries: BoundedMap<Entry<V>, number>;
  readonly #make: (bytes: Uint8Array) => V;

  /** @param limit - as of {@link BoundedMap}. @param make - decodes bytes that are not known; what it throws is thrown. */
  constructor(limit: number, weigh: (bytes: number, value: V) => number, make: (bytes: Uint8Array) => V) {
    this.#entries = new BoundedMap(limit, (_, { bytes, value }) => weigh(bytes.length, value));
    this.#make = make;
  }

  get(bytes: Uint8Array): V {
    // As a signed number it is a small integer to V8 and needs no memory of its own.
    const checksum = crc32(bytes) | 0;
    const known = this.#entries.get(checksum);
    if (known !== undefined && Buffer.compare(known.bytes, bytes) === 0) return known.value;
    const value = this.#make(bytes);
    // A copy: the bytes are a small part of a buffer with many frames.
    this.#entries.set(checksum, { bytes: new Uint8Array(bytes), value });
    return value;
  }
}
