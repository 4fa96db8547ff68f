import * as elf from "./constants.js";
import { isSeparateDebugFile } from "./debug-file.js";
import { readDynamicFlags } from "./dynamic.js";
import { type Elf, type ElfInput, toElf } from "./elf.js";
import type { ReadOptions } from "./limits.js";
import { remember } from "./remember.js";
import { readSections, sectionNames } from "./sections.js";
import { readSegments } from "./segments.js";

/** Purpose of a file. e_type alone does not give it: programs, their debug files and libraries share ET_DYN. */
export type ElfKind =
  | "program"
  | "static program"
  | "PIE"
  | "static PIE"
  | "shared object"
  | "relocatable"
  | "kernel module"
  | "core"
  | "debug file"
  | "other";

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
  const file = toElf(input);
  return remember(file, "kind", () => kindOf(file, options));
}

function kindOf(file: Elf, options: ReadOptions): ElfKind {
  const { type } = file.header;
  if (type === elf.ET_CORE) return "core";
  if (isSeparateDebugFile(file)) return "debug file";
  if (type === elf.ET_REL) {
    const nameOf = sectionNames(file, options, "unreadable names are empty");
    for (const section of readSections(file)) if (nameOf(section) === MODULE_SECTION) return "kernel module";
    return "relocatable";
  }
  const interpreted = !readSegments(file, elf.PT_INTERP).next().done;
  if (type === elf.ET_EXEC) return interpreted ? "program" : "static program";
  if (type !== elf.ET_DYN) return "other";
  const dynamic = readDynamicFlags(file, options);
  if (((dynamic?.flags1 ?? 0) & elf.DF_1_PIE) !== 0) return interpreted ? "PIE" : "static PIE";
  // Linkers older than DF_1_PIE (binutils 2.26) mark programs by DT_DEBUG. libc.so has PT_INTERP but no DT_DEBUG.
  return interpreted && dynamic?.debug === true ? "PIE" : "shared object";
}
