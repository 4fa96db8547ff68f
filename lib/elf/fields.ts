const BACKSLASH = 0x5c;

/**
 * Integer fields of a record, in the byte order of its file. Written out by hand because a DataView per record costs
 * more than the reads themselves.
 */
export class Fields {
  protected bytes: Uint8Array;
  readonly #little: boolean;

  constructor(bytes: Uint8Array, littleEndian: boolean) {
    this.bytes = bytes;
    this.#little = littleEndian;
  }

  u8(at: number): number {
    return this.bytes[at] ?? 0;
  }

  /** ASCII bytes as `bytesToText` of lib/text has them, several times faster; undefined when one is not ASCII. */
  ascii(at: number, length: number): string | undefined {
    let text = "";
    for (let i = at; i < at + length; i++) {
      const byte = this.bytes[i] ?? 0;
      if (byte >= 0x80) return undefined;
      text += byte === 0 ? "\\x00" : byte === BACKSLASH ? "\\\\" : String.fromCharCode(byte);
    }
    return text;
  }

  u16(at: number): number {
    const a = this.bytes[at] ?? 0;
    const b = this.bytes[at + 1] ?? 0;
    return this.#little ? a | (b << 8) : (a << 8) | b;
  }

  u32(at: number): number {
    const a = this.bytes[at] ?? 0;
    const b = this.bytes[at + 1] ?? 0;
    const c = this.bytes[at + 2] ?? 0;
    const d = this.bytes[at + 3] ?? 0;
    return (this.#little ? a | (b << 8) | (c << 16) | (d << 24) : (a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  /**
   * A 64-bit field as a number. Above 2^53 it is only approximate, which is enough to see that an offset or a size
   * does not fit any file; use {@link Fields.big} where every bit counts.
   */
  u64(at: number): number {
    const first = this.u32(at);
    const second = this.u32(at + 4);
    return this.#little ? second * 0x1_0000_0000 + first : first * 0x1_0000_0000 + second;
  }

  big(at: number): bigint {
    const number = this.u64(at);
    // Most values are small, and making a bigint of a number is far cheaper than shifting two.
    if (number <= Number.MAX_SAFE_INTEGER) return BigInt(number);
    const first = BigInt(this.u32(at));
    const second = BigInt(this.u32(at + 4));
    return this.#little ? (second << 32n) | first : (first << 32n) | second;
  }
}
