import { DEFAULT_LIMITS, type Limits } from "./limits.js";
import { exceeded, type Named } from "./malformed.js";

const TEXT_BYTES_PER_STEP = 4;
const INFLATED_BYTES_PER_STEP = 64;

/** What a member of an archive adds: a step for each 8 of its first bytes, which hold headers, and for each 64 of the others. */
const FIRST_MEMBER_BYTES = 1024;
const FIRST_BYTES_PER_STEP = 8;
const COUNTED_MEMBER_BYTES = 1 << 18;
const MEMBER_BYTES_PER_STEP = 64;
const MEMBER_BYTES_PER_TEXT_BYTE = 8;
/** Most that an archive may cost, as a multiple of what a file may. */
const MAX_ARCHIVE_FACTOR = 16;

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
  #maxTextBytes: number;
  #steps = 0;
  #textBytes = 0;
  #dataBytes = 0;

  constructor(limits: Partial<Limits> = {}) {
    this.limits = limitsOf(limits);
    this.#maxSteps = this.limits.maxSteps;
    this.#maxTextBytes = this.limits.maxTextBytes;
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Allows what reading one more member of an archive may cost. Members do not overlap, so that the cost of an archive is
   * in proportion to its bytes, up to MAX_ARCHIVE_FACTOR; those of a hole cost no disk space and count no further than
   * COUNTED_MEMBER_BYTES.
   */
  addMember(bytes: number): void {
    const { maxSteps, maxTextBytes } = this.limits;
    const first = Math.min(bytes, FIRST_MEMBER_BYTES);
    const steps = first / FIRST_BYTES_PER_STEP + Math.min(bytes, COUNTED_MEMBER_BYTES) / MEMBER_BYTES_PER_STEP;
    this.#maxSteps = Math.min(this.#maxSteps + Math.floor(steps), MAX_ARCHIVE_FACTOR * maxSteps);
    const text = Math.floor(first / MEMBER_BYTES_PER_TEXT_BYTE);
    this.#maxTextBytes = Math.min(this.#maxTextBytes + text, MAX_ARCHIVE_FACTOR * maxTextBytes);
  }

  /** Charges work. @throws {@link OgrtError} LIMIT_EXCEEDED, from then on at each call. */
  work(steps: number, source: Named, offset: number): void {
    this.#steps += steps;
    if (this.#steps > this.#maxSteps) {
      throw exceeded(source, offset, this.#steps, "maxSteps", this.#maxSteps, "reading stops");
    }
  }

  /** Charges text that is made and kept: names, paths, lines. What it would exceed stays as it is: less may still fit. */
  text(bytes: number, source: Named, offset: number): void {
    const total = this.#textBytes + bytes;
    if (total > this.#maxTextBytes) throw exceeded(source, offset, total, "maxTextBytes", this.#maxTextBytes, "text");
    this.#textBytes = total;
    this.work(Math.ceil(bytes / TEXT_BYTES_PER_STEP), source, offset);
  }

  /** Charges bytes that are handed out: data of sections, descriptors of notes. */
  data(bytes: number, source: Named, offset: number): void {
    const { maxDataBytes } = this.limits;
    const total = this.#dataBytes + bytes;
    if (total > maxDataBytes) throw exceeded(source, offset, total, "maxDataBytes", maxDataBytes, "data");
    this.#dataBytes = total;
  }

  /** Charges the decoding of a descriptor, which costs up to a step per byte and becomes text. */
  decoding(bytes: number, source: Named, offset: number): void {
    this.text(bytes, source, offset);
    this.work(bytes, source, offset);
  }

  /** Bytes that can still be inflated. */
  get inflatableBytes(): number {
    return Math.max(this.#maxSteps - this.#steps, 0) * INFLATED_BYTES_PER_STEP;
  }

  inflating(bytes: number, source: Named, offset: number): void {
    this.work(Math.ceil(bytes / INFLATED_BYTES_PER_STEP), source, offset);
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
