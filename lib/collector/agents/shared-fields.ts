import { createHash } from "node:crypto";
import { MAX_AGENT_OBJECTS } from "../../wire/index.js";

/** Bytes of the fields of one connection, and of those of all, each once. */
const MAX_CONNECTION_BYTES = 8 * 1024 * 1024;
const MAX_BYTES = 256 * 1024 * 1024;
/** Memory of an entry besides its bytes. */
const ENTRY_OVERHEAD_BYTES = 256;

interface Entry {
  readonly key: string;
  readonly bytes: Uint8Array;
  uses: number;
}

/** Fields that many records share. Most nodes of a cluster send the same ones, which are kept once. */
export class FieldPool {
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /** Undefined when there is no room. */
  take(bytes: Uint8Array): Entry | undefined {
    const key = createHash("sha256").update(bytes).digest("base64");
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.uses++;
      return known;
    }
    if (this.#bytes + bytes.length + ENTRY_OVERHEAD_BYTES > MAX_BYTES) return undefined;
    this.#bytes += bytes.length + ENTRY_OVERHEAD_BYTES;
    // Copies the bytes, which are a small part of a large buffer.
    const entry = { key, bytes: new Uint8Array(bytes), uses: 1 };
    this.#entries.set(key, entry);
    return entry;
  }

  release(entry: Entry): void {
    if (--entry.uses > 0) return;
    this.#entries.delete(entry.key);
    this.#bytes -= entry.bytes.length + ENTRY_OVERHEAD_BYTES;
  }
}

/** The shared fields of one connection, by number. */
export class SharedFields {
  readonly #pool: FieldPool;
  readonly #entries = new Map<number, Entry>();
  #bytes = 0;

  constructor(pool: FieldPool) {
    this.#pool = pool;
  }

  /** Gives fields a number; false when there is no room. */
  set(number: number, bytes: Uint8Array): boolean {
    this.#delete(number);
    if (number >= MAX_AGENT_OBJECTS || this.#bytes + bytes.length > MAX_CONNECTION_BYTES) return false;
    const entry = this.#pool.take(bytes);
    if (entry === undefined) return false;
    this.#entries.set(number, entry);
    this.#bytes += bytes.length;
    return true;
  }

  get(number: number): Uint8Array | undefined {
    return this.#entries.get(number)?.bytes;
  }

  clear(): void {
    for (const number of [...this.#entries.keys()]) this.#delete(number);
  }

  #delete(number: number): void {
    const entry = this.#entries.get(number);
    if (entry === undefined) return;
    this.#entries.delete(number);
    this.#bytes -= entry.bytes.length;
    this.#pool.release(entry);
  }
}
