import { DEFAULT_LIMITS, type Limits } from "./limits.js";
import { exceeded, type Named } from "./malformed.js";

/** Totals of one file beside `maxSteps`. */
type Total = "maxTextBytes" | "maxDataBytes";

const TEXT_BYTES_PER_STEP = 4;
const INFLATED_BYTES_PER_STEP = 64;

/** What a member of an archive adds: a step for each 8 of its first bytes, which hold headers, and for each 64 of the others. */
const FIRST_MEMBER_BYTES = 1024;
const FIRST_BYTES_PER_STEP = 8;
const COUNTED_MEMBER_BYTES = 1 << 18;
const MEMBER_BYTES_PER_STEP = 64;
const MEMBER_BYTES_PER_TEXT_BYTE = 8;
/** Text that all members of an archive add. What is kept of a member takes memory even where its bytes are a hole. */
const MAX_ADDED_TEXT_BYTES = 15 << 20;

/**
 * What reading one file has cost so far. All readers of a file charge the same budget, whatever they find and however often
 * they come, because work that is bounded per item only grows with the number of items. A step stands for some 0.2 µs, so
 * that the default of `maxSteps` is spent within 100 ms.
 *
 * The budget belongs to a source (`withBudget`): members of an archive share that of the archive.
 */
export class Budget {
  readonly limits: Readonly<Limits>;
  #maxSteps: number;
  #addedTextBytes = 0;
  #steps = 0;
  #textBytes = 0;
  #dataBytes = 0;

  constructor(limits: Partial<Limits> = {}) {
    this.limits = limitsOf(limits);
    this.#maxSteps = this.limits.maxSteps;
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Allows what reading one more member of an archive may cost. Members do not overlap, so that the cost of an archive is
   * in proportion to its bytes; those of a hole cost no disk space and count no further than COUNTED_MEMBER_BYTES.
   */
  addMember(bytes: number): void {
    this.#maxSteps += Math.floor(Math.min(bytes, FIRST_MEMBER_BYTES) / FIRST_BYTES_PER_STEP);
    this.#maxSteps += Math.floor(Math.min(bytes, COUNTED_MEMBER_BYTES) / MEMBER_BYTES_PER_STEP);
    const text = Math.floor(Math.min(bytes, FIRST_MEMBER_BYTES) / MEMBER_BYTES_PER_TEXT_BYTE);
    this.#addedTextBytes = Math.min(this.#addedTextBytes + text, MAX_ADDED_TEXT_BYTES);
  }

  /** Charges work. @throws {@link OgrtError} LIMIT_EXCEEDED, from then on at each call. */
  work(steps: number, source: Named, offset: number): void {
    this.#steps += steps;
    if (this.#steps > this.#maxSteps) {
      throw exceeded(source, offset, this.#steps, "maxSteps", this.#maxSteps, "reading stops");
    }
  }

  /** Charges text that is made and kept: names, paths, lines. */
  text(bytes: number, source: Named, offset: number): void {
    this.#textBytes = this.#total("maxTextBytes", this.#textBytes + bytes, source, offset, "text");
    this.work(Math.ceil(bytes / TEXT_BYTES_PER_STEP), source, offset);
  }

  /** Charges bytes that are handed out: data of sections, descriptors of notes. */
  data(bytes: number, source: Named, offset: number): void {
    this.#dataBytes = this.#total("maxDataBytes", this.#dataBytes + bytes, source, offset, "data");
  }

  /** Charges the decoding of a descriptor, which costs up to a step per byte and becomes text. */
  decoding(bytes: number, source: Named, offset: number): void {
    this.text(bytes, source, offset);
    this.work(bytes, source, offset);
  }

  inflating(bytes: number, source: Named, offset: number): void {
    this.work(Math.ceil(bytes / INFLATED_BYTES_PER_STEP), source, offset);
  }

  /** A total that an amount would exceed stays as it is: smaller amounts may still fit. */
  #total(name: Total, value: number, source: Named, offset: number, what: string): number {
    const maximum = this.limits[name] + (name === "maxTextBytes" ? this.#addedTextBytes : 0);
    if (value > maximum) throw exceeded(source, offset, value, name, maximum, what);
    return value;
  }
}

/** The options of a reader without what else they say. Loops over names would take a tenth of reading a small file. */
const limitsOf = ({
  maxSteps = DEFAULT_LIMITS.maxSteps,
  maxTextBytes = DEFAULT_LIMITS.maxTextBytes,
  maxDataBytes = DEFAULT_LIMITS.maxDataBytes,
  maxDescriptorBytes = DEFAULT_LIMITS.maxDescriptorBytes,
  maxStringBytes = DEFAULT_LIMITS.maxStringBytes,
}: Partial<Limits>): Limits => ({ maxSteps, maxTextBytes, maxDataBytes, maxDescriptorBytes, maxStringBytes });
