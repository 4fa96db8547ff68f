import { PT_INTERP } from "./constants.js";
import { isSeparateDebugFile } from "./debug-file.js";
import { checkedEnd } from "./dynamic.js";
import { type ElfInput, toElf } from "./elf.js";
import type { ReadOptions } from "./limits.js";
import { readSegments } from "./segments.js";
import { stringAt } from "./strings.js";

/**
 * Path of the program interpreter (PT_INTERP: gABI, "Program Interpreter"), which is the dynamic loader; undefined when
 * the file has none.
 *
 * @example
 * ```ts
 * assert.match(readInterpreter(readFileSync("/bin/sh")), /ld/);
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF.
 */
export function readInterpreter(input: ElfInput, options: ReadOptions = {}): string | undefined {
  const elf = toElf(input, options);
  const [segment] = readSegments(elf, PT_INTERP);
  if (segment === undefined || isSeparateDebugFile(elf)) return undefined;
  const end = checkedEnd(elf, segment, "interpreter segment");
  return stringAt(elf.source, segment.offset, end, "path of the interpreter");
}
