import { notesAssembly, PROPERTY_FRAGMENTS } from "./assembly.js";
import type { Stamp } from "./create.js";

/**
 * C source of a stamp, for gcc, clang and compatible compilers. Preprocessor macros select the target and tell whether the
 * compiler writes the feature property itself, so one text works everywhere.
 *
 * The notes are inline assembly: a C variable in that section would give it the type PROGBITS, which readers skip and
 * `--gc-sections` drops.
 *
 * @throws {@link OgrtError} INVALID_UUID or INVALID_METADATA when the stamp is invalid.
 */
export function stampSource(stamp: Stamp): string {
  return [
    // ISO C requires a declaration in every file.
    "extern int ogrt_stamp_declares_nothing;\n",
    asm(notesAssembly(stamp)),
    "#if defined(__x86_64__) && !defined(__ILP32__) && !defined(__CET__)\n",
    asm(PROPERTY_FRAGMENTS.x86_64 ?? ""),
    "#elif defined(__i386__) && !defined(__CET__)\n",
    asm(PROPERTY_FRAGMENTS.i386 ?? ""),
    "#elif defined(__aarch64__) && defined(__LP64__) && !defined(__ARM_FEATURE_BTI_DEFAULT)\n",
    asm(PROPERTY_FRAGMENTS.aarch64 ?? ""),
    "#endif\n",
  ].join("");
}

/** File-scope assembly that restores the compiler's section. */
function asm(text: string): string {
  const [first = "", ...rest] = text.trimEnd().split("\n");
  // A later `.section` replaces the pushed one, so one `.popsection` at the end is enough.
  const lines = [first.replace(".section", ".pushsection"), ...rest, "\t.popsection"];
  return `__asm__(\n${lines.map((line) => `  ${JSON.stringify(`${line}\n`)}`).join("\n")}\n);\n`;
}
