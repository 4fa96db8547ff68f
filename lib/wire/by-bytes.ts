import { crc32 } from "node:zlib";
import { BoundedMap } from "../shared/bounded-map.js";

/**
 * A cache of decoded values by their bytes. It finds an entry by its checksum and then compares the bytes: decoding them to
 * a text key would cost ten times as much. Of two entries with the same checksum the later one stays, so forged collisions
 * cost no more than new bytes do.
 */
export class ByBytes<V> {
  readonly #entries: BoundedMap<{ readonly bytes: Uint8Array; readonly value: V }, number>;
  readonly #weigh: (bytes: number, value: V) => number;
  readonly #make: (bytes: Uint8Array) => V;
  /** Sum of the weights of all values that were not cached. */
  made = 0;

  /**
   * @param limit - largest sum of weights in one generation; see {@link BoundedMap}.
   * @param weigh - weight of an entry, from the length of its bytes and its value.
   * @param make - decodes bytes that are not cached.
   */
  constructor(limit: number, weigh: (bytes: number, value: V) => number, make: (bytes: Uint8Array) => V) {
    this.#entries = new BoundedMap(limit, (_, { bytes, value }) => weigh(bytes.length, value));
    this.#weigh = weigh;
    this.#make = make;
  }

  get(bytes: Uint8Array): V {
    // A signed 32-bit number is mostly a small integer in V8, which needs no heap memory.
    const checksum = crc32(bytes) | 0;
    const known = this.#entries.get(checksum);
    if (known !== undefined && Buffer.compare(known.bytes, bytes) === 0) return known.value;
    const value = this.#make(bytes);
    this.made += this.#weigh(bytes.length, value);
    // Copies the bytes, which are a small part of a large buffer.
    this.#entries.set(checksum, { bytes: new Uint8Array(bytes), value });
    return value;
  }
}
