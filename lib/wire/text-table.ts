import { bytesToText } from "../text/escape.js";

const SLOTS = 32_768;
/** Longer texts rarely repeat. */
const MAX_CACHED_BYTES = 128;
const BACKSLASH = 0x5c;

/** Of the buffers of Node.js, for any bytes. Its types lack it. */
const { latin1Slice } = Buffer.prototype as unknown as { latin1Slice(start: number, end: number): string };

export const latin1 = (bytes: Uint8Array): string => latin1Slice.call(bytes, 0, bytes.length);

/**
 * Decodes bytes like `bytesToText`. Users, hosts, jobs, arguments and variables repeat often, so short texts are cached,
 * each in the slot of its hash, and records share them.
 */
export class TextTable {
  readonly #slots: string[] = new Array<string>(SLOTS).fill("");

  text(bytes: Uint8Array): string {
    const { length } = bytes;
    if (length > MAX_CACHED_BYTES) return bytesToText(bytes);
    let hash = 0;
    for (let index = 0; index < length; index++) {
      const byte = bytes[index] as number;
      // Characters equal bytes in plain ASCII only.
      if (byte >= 0x80 || byte === 0 || byte === BACKSLASH) return bytesToText(bytes);
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#slots[slot] as string;
    if (isSame(known, bytes)) return known;
    // Plain ASCII needs no decoder.
    const text = latin1(bytes);
    this.#slots[slot] = text;
    return text;
  }
}

function isSame(text: string, bytes: Uint8Array): boolean {
  if (text.length !== bytes.length) return false;
  for (let index = 0; index < bytes.length; index++) {
    if (text.charCodeAt(index) !== bytes[index]) return false;
  }
  return true;
}
