import * as elf from "./constants.js";
import { isSeparateDebugFile } from "./debug-file.js";
import { readDynamicFlags } from "./dynamic.js";
import { type Elf, type ElfInput, toElf } from "./elf.js";
import type { ReadOptions } from "./limits.js";
import { remember } from "./remember.js";
import { sectionsNamed } from "./sections.js";
import { readSegments } from "./segments.js";

/** Purpose of a file. e_type alone does not give it: programs, their debug files and libraries share ET_DYN. */
export type ElfKind = (typeof ELF_KINDS)[number];

export const ELF_KINDS = [
  "program",
  "static program",
  "PIE",
  "static PIE",
  "shared object",
  "relocatable",
  "kernel module",
  "core",
  "debug file",
  "other",
] as const;

/** Section with the metadata of a kernel module (linux: include/linux/module.h, MODULE_INFO). */
const MODULE_SECTION = ".modinfo";

/**
 * The purpose of a file, from its type, segments, sections and dynamic section. Strings that cannot be read, such as the
 * path of the interpreter, do not change it.
 *
 * @example
 * ```ts
 * assert.match(elfKind(readFileSync("/bin/sh")), /PIE|program/);
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF, MALFORMED_ELF or LIMIT_EXCEEDED.
 */
export function elfKind(input: ElfInput, options: ReadOptions = {}): ElfKind {
  const file = toElf(input, options);
  return remember(file, "kind", () => kindOf(file, options));
}

function kindOf(file: Elf, options: ReadOptions): ElfKind {
  const { type } = file.header;
  if (type === elf.ET_CORE) return "core";
  if (isSeparateDebugFile(file)) return "debug file";
  if (type === elf.ET_REL) {
    const isData = (type: number, flags: number) =>
      type === elf.SHT_PROGBITS && (flags & (elf.SHF_ALLOC | elf.SHF_EXECINSTR)) === elf.SHF_ALLOC;
    return sectionsNamed(file, MODULE_SECTION, isData).next().done ? "relocatable" : "kernel module";
  }
  const interpreted = !readSegments(file, elf.PT_INTERP).next().done;
  if (type === elf.ET_EXEC) return interpreted ? "program" : "static program";
  if (type !== elf.ET_DYN) return "other";
  const dynamic = readDynamicFlags(file, options);
  if (((dynamic?.flags1 ?? 0) & elf.DF_1_PIE) !== 0) return interpreted ? "PIE" : "static PIE";
  // Linkers older than DF_1_PIE (binutils 2.26) mark programs by DT_DEBUG. libc.so has PT_INTERP but no DT_DEBUG.
  return interpreted && dynamic?.debug === true ? "PIE" : "shared object";
}
