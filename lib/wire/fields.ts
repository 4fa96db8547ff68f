/*
 * The fields of a long message, found without decoding them. Thousands of processes send the same lists of objects and
 * modules, and the same texts: caches recognize them by their bytes, and decode what they do not know.
 */

/** Wire types of protobuf. */
const VARINT = 0;
const BYTES = 2;

/** Elements of all lists of a frame, more than a datagram has room for. */
export const MAX_ELEMENTS = 16_384;

/** Field numbers of a message. */
export interface Layout {
  readonly integers: readonly number[];
  /** Texts, bytes and messages. */
  readonly bytes: readonly number[];
  /** Repeated texts. */
  readonly lists: readonly number[];
  readonly objects: number;
  readonly modules?: number;
}

/** How a field is kept. */
const KIND = { none: 0, integer: 1, bytes: 2, list: 3, objects: 4, modules: 5 } as const;

/** What a payload is when it is not a message. */
export type Fault = "malformed-payload" | "too-many-elements";

const NO_BYTES = new Uint8Array(0);

/**
 * The fields of one message after the other. Where a field occurs several times, the last one counts, and one of another
 * wire type than its own does not, as in protobufjs.
 */
export class Fields {
  readonly #kinds: Uint8Array;
  /** Of each field: where its value begins, plus one, and where it ends. */
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  /** Beginnings and ends of the elements of each list. */
  readonly #lists: Map<number, number[]>;
  /** Beginnings and ends of the stretches of the payload that hold objects, or modules. */
  readonly #objects: number[] = [];
  readonly #modules: number[] = [];
  readonly #words = new Uint32Array(2);
  readonly #signed = new BigInt64Array(this.#words.buffer);
  readonly #unsigned = new BigUint64Array(this.#words.buffer);
  #payload: Uint8Array = NO_BYTES;
  #at = 0;
  /** Elements of all lists. */
  elements = 0;
  /** Bytes of the fields that are neither objects nor modules. */
  ownBytes = 0;

  constructor({ integers, bytes, lists, objects, modules = 0 }: Layout) {
    const size = Math.max(...integers, ...bytes, ...lists, objects, modules) + 1;
    this.#kinds = new Uint8Array(size);
    this.#starts = new Uint32Array(size);
    this.#ends = new Uint32Array(size);
    this.#lists = new Map(lists.map((field) => [field, []]));
    for (const field of integers) this.#kinds[field] = KIND.integer;
    for (const field of bytes) this.#kinds[field] = KIND.bytes;
    for (const field of lists) this.#kinds[field] = KIND.list;
    this.#kinds[objects] = KIND.objects;
    if (modules > 0) this.#kinds[modules] = KIND.modules;
  }

  /** Finds the fields of a payload; says why when it is no message. */
  read(payload: Uint8Array): Fault | undefined {
    this.#payload = payload;
    this.#at = 0;
    this.#starts.fill(0);
    for (const places of this.#lists.values()) places.length = 0;
    this.#objects.length = 0;
    this.#modules.length = 0;
    this.elements = 0;
    this.ownBytes = payload.length;
    while (this.#at < payload.length) {
      const fault = this.#readField();
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #readField(): Fault | undefined {
    const fieldStart = this.#at;
    const tag = this.#varint();
    if (tag > 0xffff_ffff || tag < 8) return "malformed-payload";
    const field = Math.floor(tag / 8);
    const wireType = tag % 8;
    let start = this.#at;
    if (wireType === VARINT) {
      if (this.#varint() < 0) return "malformed-payload";
    } else {
      const size = wireType === BYTES ? this.#varint() : wireType === 1 ? 8 : wireType === 5 ? 4 : -1;
      start = this.#at;
      if (size < 0 || size > this.#payload.length - start) return "malformed-payload";
      this.#at += size;
    }
    return this.#keep(field, wireType, fieldStart, start);
  }

  #keep(field: number, wireType: number, fieldStart: number, start: number): Fault | undefined {
    const kind = field < this.#kinds.length ? (this.#kinds[field] as number) : KIND.none;
    if (kind === KIND.integer ? wireType === VARINT : kind === KIND.bytes && wireType === BYTES) {
      this.#starts[field] = start + 1;
      this.#ends[field] = this.#at;
    }
    if (kind < KIND.list) return undefined;
    if (++this.elements > MAX_ELEMENTS) return "too-many-elements";
    if (kind === KIND.list) {
      if (wireType === BYTES) this.#lists.get(field)?.push(start, this.#at);
      return undefined;
    }
    // An element of another wire type cannot be split by `elementsOf`.
    if (wireType !== BYTES) return "malformed-payload";
    const stretches = kind === KIND.objects ? this.#objects : this.#modules;
    this.ownBytes -= this.#at - fieldStart;
    if (stretches.at(-1) === fieldStart) stretches[stretches.length - 1] = this.#at;
    else stretches.push(fieldStart, this.#at);
    return undefined;
  }

  has(field: number): boolean {
    return this.#starts[field] !== 0;
  }

  /** The value of a field; no bytes when it is absent. */
  bytes(field: number): Uint8Array {
    return this.has(field) ? this.#payload.subarray((this.#starts[field] as number) - 1, this.#ends[field]) : NO_BYTES;
  }

  /** Elements of a list. */
  list(field: number): Uint8Array[] {
    const places = this.#lists.get(field) ?? [];
    const elements: Uint8Array[] = [];
    for (let at = 0; at < places.length; at += 2) elements.push(this.#payload.subarray(places[at], places[at + 1]));
    return elements;
  }

  /** The objects as whole `tag, length, element` triples. */
  get objects(): Uint8Array {
    return this.#joined(this.#objects);
  }

  get modules(): Uint8Array {
    return this.#joined(this.#modules);
  }

  uint32(field: number): number {
    this.#integer(field);
    return this.#words[0] as number;
  }

  int32(field: number): number {
    return this.uint32(field) | 0;
  }

  int64(field: number): bigint {
    this.#integer(field);
    return this.#signed[0] as bigint;
  }

  uint64(field: number): bigint {
    this.#integer(field);
    return this.#unsigned[0] as bigint;
  }

  /** Reads the low and the high half of an integer; 0 when it is absent. */
  #integer(field: number): void {
    let [low, high] = [0, 0];
    let shift = 0;
    if (this.has(field)) {
      for (let at = (this.#starts[field] as number) - 1; at < (this.#ends[field] as number); at++, shift += 7) {
        const bits = (this.#payload[at] as number) & 0x7f;
        if (shift < 32) low |= bits << shift;
        if (shift > 28) high |= bits << (shift - 32);
        else if (shift === 28) high = bits >> 4;
      }
    }
    this.#words[0] = low;
    this.#words[1] = high;
  }

  /** A list is mostly one stretch of its payload, which needs no copy. */
  #joined(stretches: readonly number[]): Uint8Array {
    if (stretches.length === 2) return this.#payload.subarray(stretches[0], stretches[1]);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < stretches.length; at += 2)
      parts.push(this.#payload.subarray(stretches[at], stretches[at + 1]));
    return Buffer.concat(parts);
  }

  /** A base-128 number of at most 10 bytes, exact below 2^53, which suffices for lengths and tags; -1 if invalid. */
  #varint(): number {
    const payload = this.#payload;
    const first = payload[this.#at];
    if (first !== undefined && first < 0x80) {
      this.#at++;
      return first;
    }
    let value = 0;
    let factor = 1;
    for (let i = 0; i < 10; i++) {
      const byte = payload[this.#at];
      if (byte === undefined) return -1;
      this.#at++;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    return -1;
  }
}

/** The elements of a list, one by one. */
export function* elementsOf(list: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < list.length; ) {
    // The tag and the length, whose last bytes are below 128.
    while ((list[at++] as number) >= 0x80);
    let length = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = list[at++] as number;
      length += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    yield list.subarray(at, at + length);
    at += length;
  }
}
