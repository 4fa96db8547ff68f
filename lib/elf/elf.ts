import { type ElfHeader, parseHeader } from "./header.js";
import type { ReadOptions } from "./limits.js";
import { type BudgetedSource, withBudget } from "./metered-source.js";
import { type SourceInput, toSource } from "./source.js";
import { Window } from "./window.js";

/** A file whose ELF header has been read. The other readers start from it. */
export interface Elf {
  readonly source: BudgetedSource;
  readonly header: ElfHeader;
}

/**
 * Input of every reader of this library: bytes in memory, a `Source`, or a file whose header has been read already.
 */
export type ElfInput = SourceInput | Elf;

/**
 * The input with its header read. Readers of the result share one budget, with the limits of `options`.
 *
 * @example
 * ```ts
 * const elf = toElf(readFileSync("/bin/sh"));
 * assert.equal(typeof elf.header.machine, "number");
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF.
 */
export function toElf(input: ElfInput, options: ReadOptions = {}): Elf {
  if (typeof input === "object" && input !== null && "header" in input) return input;
  const source = withBudget(toSource(input), options);
  return { source, header: parseHeader(source) };
}

/**
 * Reads the ELF header.
 *
 * @example
 * ```ts
 * const { bits, byteOrder } = readHeader(readFileSync("/bin/sh"));
 * assert.ok(bits === 64 || bits === 32);
 * assert.ok(byteOrder === "little" || byteOrder === "big");
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF when the magic number is missing, MALFORMED_ELF when a field is impossible.
 */
export function readHeader(input: ElfInput): ElfHeader {
  return toElf(input).header;
}

/** A window on a part of the file, in the file's byte order. */
export function windowOf({ source, header }: Elf, end: number): Window {
  return new Window(source, header.byteOrder === "little", end);
}
