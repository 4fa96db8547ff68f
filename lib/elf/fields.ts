const BACKSLASH = 0x5c;

/**
 * Integer fields of records, in the byte order of their file. One DataView serves a whole piece of the file. Unlike loops
 * over bytes, a DataView is fast before the engine has compiled the code.
 */
export class Fields {
  readonly #little: boolean;
  #view: DataView;

  /** Without bytes, {@link Fields.load} follows. */
  constructor(bytes: Uint8Array | undefined, littleEndian: boolean) {
    this.#little = littleEndian;
    this.#view = bytes === undefined ? NO_BYTES : viewOf(bytes);
  }

  /** Replaces the bytes. */
  protected load(bytes: Uint8Array): void {
    this.#view = viewOf(bytes);
  }

  u8(at: number): number {
    return this.#view.getUint8(at);
  }

  /** ASCII bytes as text, like `bytesToText` of lib/text but several times faster; undefined when one is not ASCII. */
  ascii(at: number, length: number): string | undefined {
    let text = "";
    for (let i = at; i < at + length; i++) {
      const byte = this.#view.getUint8(i);
      if (byte >= 0x80) return undefined;
      text += byte === 0 ? "\\x00" : byte === BACKSLASH ? "\\\\" : String.fromCharCode(byte);
    }
    return text;
  }

  u16(at: number): number {
    return this.#view.getUint16(at, this.#little);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, this.#little);
  }

  /**
   * A 64-bit field as a number. Above 2^53 it is approximate, which is enough to see that an offset or a size exceeds
   * any file. Use {@link Fields.big} where every bit matters.
   */
  u64(at: number): number {
    const first = this.#view.getUint32(at, this.#little);
    const second = this.#view.getUint32(at + 4, this.#little);
    const high = this.#little ? second : first;
    const low = this.#little ? first : second;
    // Most are small: the product would become a number in memory of its own.
    return high === 0 ? low : high * 0x1_0000_0000 + low;
  }

  /** Four bytes in an order that does not depend on the file: to compare and to hash them. */
  word(at: number): number {
    return this.#view.getInt32(at, true);
  }

  big(at: number): bigint {
    return this.#view.getBigUint64(at, this.#little);
  }
}

const NO_BYTES = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(0));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
