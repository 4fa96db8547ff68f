import { type ElfHeader, readHeader } from "./header.js";
import { type Source, type SourceInput, toSource } from "./source.js";
import { Window } from "./window.js";

/** A file whose ELF header has been read. The other readers start from it. */
export interface Elf {
  readonly source: Source;
  readonly header: ElfHeader;
}

/**
 * Input of every reader of this library: bytes in memory, a {@link Source}, or a file whose header has been read already.
 */
export type ElfInput = SourceInput | Elf;

/**
 * The input with its header read.
 *
 * @example
 * ```ts
 * const elf = toElf(readFileSync("/bin/sh"));
 * assert.equal(typeof elf.header.machine, "number");
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF.
 */
export function toElf(input: ElfInput): Elf {
  if (typeof input === "object" && input !== null && "header" in input) return input;
  const source = toSource(input);
  return { source, header: readHeader(source) };
}

/** A window on a part of the file, in the file's byte order. */
export function windowOf({ source, header }: Elf, end: number): Window {
  return new Window(source, header.byteOrder === "little", end);
}
