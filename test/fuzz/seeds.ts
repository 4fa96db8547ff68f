import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ElfFile, isElf, toSource } from "../../lib/index.js";
import type { Targets } from "./mutate.js";

const fixtures = join(import.meta.dirname, "../../test-fixtures");

/** Seeds of the fuzzer: every ELF file and archive of the fixtures. */
export function seedFiles(): { name: string; bytes: Buffer; targets: Targets }[] {
  return readdirSync(join(fixtures, "elf"))
    .filter((name) => !name.endsWith(".json") && !name.endsWith(".md"))
    .map((name) => {
      const bytes = readFileSync(join(fixtures, "elf", name));
      return { name, bytes, targets: targetsOf(bytes) };
    });
}

/** Files that once broke a reader, named after it. */
export function findings(): [name: string, path: string][] {
  return readdirSync(join(fixtures, "hostile"))
    .filter((name) => !name.endsWith(".md"))
    .map((name) => [name, join(fixtures, "hostile", name)]);
}

/** Offsets of the structures of a valid file. */
function targetsOf(bytes: Uint8Array): Targets {
  if (!isElf(toSource(bytes))) return { little: true, ranges: [[0, bytes.length]] };
  const { header, sections, segments } = new ElfFile(bytes);
  const table = ({ offset, entrySize, count }: typeof header.segments): [number, number] => [
    offset,
    offset + entrySize * count,
  ];
  const small = sections
    .filter(({ type, size }) => type !== 8 && size > 0 && size < 4096)
    .map(({ offset, size }): [number, number] => [offset, offset + size]);
  const tables = [[0, 64], table(header.segments), table(header.sections)] satisfies Targets["ranges"];
  const starts = segments
    .filter(({ fileSize }) => fileSize > 0)
    .map(({ offset }): [number, number] => [offset, Math.min(offset + 32, bytes.length)]);
  return {
    little: header.byteOrder === "little",
    ranges: [...tables, ...small, ...starts].filter(([start, end]) => end > start),
  };
}
