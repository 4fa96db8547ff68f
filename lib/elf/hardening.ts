import * as elf from "./constants.js";
import { isSeparateDebugFile } from "./debug-file.js";
import { readDynamicFlags } from "./dynamic.js";
import { type ElfInput, toElf } from "./elf.js";
import { elfKind } from "./kind.js";
import type { ReadOptions } from "./limits.js";
import { sectionsNamed } from "./sections.js";
import { readSegments } from "./segments.js";

/** Protections of a process that a file's headers request or drop. */
export interface Hardening {
  /** Stack permission that the file requests. For `unspecified` the kernel decides; on x86 the stack is executable. */
  stack: "non-executable" | "executable" | "unspecified";
  /** Relocated data becomes read-only after start; `full` includes the table of the PLT, which needs `bindNow`. */
  relro: "none" | "partial" | "full";
  bindNow: boolean;
  /** Position-independent program, whose address the kernel can randomize. */
  pie: boolean;
  /** Relocations write to code. */
  textRelocations: boolean;
}

/**
 * Hardening facts that follow from the headers; undefined for separate debug files and core files, whose headers
 * describe something else.
 *
 * @example
 * ```ts
 * assert.equal(readHardening(readFileSync("/bin/sh"))?.stack, "non-executable");
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF, MALFORMED_ELF or LIMIT_EXCEEDED.
 */
export function readHardening(input: ElfInput, options: ReadOptions = {}): Hardening | undefined {
  const file = toElf(input, options);
  if (file.header.type === elf.ET_CORE || isSeparateDebugFile(file)) return undefined;
  const kind = elfKind(file, options);
  const dynamic = readDynamicFlags(file, options);
  const relro = !readSegments(file, elf.PT_GNU_RELRO).next().done;
  const bindNow = dynamic?.bindNow ?? false;
  let stack: Hardening["stack"] = "unspecified";
  if (file.header.type === elf.ET_REL) {
    // Linkers derive PT_GNU_STACK from these sections of their inputs.
    const isMark = (type: number, flags: number) => type === elf.SHT_PROGBITS && (flags & elf.SHF_ALLOC) === 0;
    for (const { flags } of sectionsNamed(file, ".note.GNU-stack", isMark)) {
      stack = executable((flags & elf.SHF_EXECINSTR) !== 0);
    }
  } else {
    for (const { flags } of readSegments(file, elf.PT_GNU_STACK)) stack = executable((flags & elf.PF_X) !== 0);
  }
  return {
    stack,
    relro: relro ? (bindNow || dynamic === undefined ? "full" : "partial") : "none",
    bindNow,
    pie: kind === "PIE" || kind === "static PIE",
    textRelocations: dynamic?.textRelocations ?? false,
  };
}

const executable = (yes: boolean) => (yes ? "executable" : "non-executable");
