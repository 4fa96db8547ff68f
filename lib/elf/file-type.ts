import { type SourceInput, toSource } from "./source.js";

/** Types of files that their first bytes distinguish. */
export type FileType = "ELF" | (typeof SIGNATURES)[number][1] | "Mach-O universal binary" | "Java class";

/** First bytes, as Latin-1 text. Sources: file(1)'s magic, and the specification of each format. */
const SIGNATURES = [
  ["!<arch>\n", "ar archive"],
  ["!<thin>\n", "thin ar archive"],
  ["#!", "script"],
  ["MZ", "PE or DOS program"],
  ["\xce\xfa\xed\xfe", "Mach-O"],
  ["\xcf\xfa\xed\xfe", "Mach-O"],
  ["\xfe\xed\xfa\xce", "Mach-O"],
  ["\xfe\xed\xfa\xcf", "Mach-O"],
  ["BC\xc0\xde", "LLVM bitcode"],
  ["\0asm", "WebAssembly module"],
  ["\x1f\x8b", "gzip"],
  ["\xfd7zXZ\0", "xz"],
  ["(\xb5/\xfd", "zstd"],
  ["BZh", "bzip2"],
  ["PK\x03\x04", "zip"],
] as const;

const MAX_SIGNATURE_BYTES = 8;

/**
 * The type of a file by its first bytes; undefined when they are unknown.
 *
 * @example
 * ```ts
 * assert.equal(fileType(Buffer.from("#!/bin/sh")), "script");
 * ```
 */
export function fileType(input: SourceInput): FileType | undefined {
  const source = toSource(input);
  const bytes = source.read(0, Math.min(MAX_SIGNATURE_BYTES, source.size));
  const starts = String.fromCharCode(...bytes);
  if (starts.startsWith("\x7fELF")) return "ELF";
  // Mach-O universal binaries and Java classes share a magic number; a class's version is never below 45.
  if (starts.startsWith("\xca\xfe\xba\xbe") && bytes.length === MAX_SIGNATURE_BYTES) {
    return (bytes[6] ?? 0) * 256 + (bytes[7] ?? 0) < 45 ? "Mach-O universal binary" : "Java class";
  }
  return SIGNATURES.find(([magic]) => starts.startsWith(magic))?.[1];
}
