import { OgrtError } from "../errors.js";
import * as elf from "./constants.js";
import { isSeparateDebugFile } from "./debug-file.js";
import { type Elf, type ElfInput, toElf, windowOf } from "./elf.js";
import { type ReadOptions, report } from "./limits.js";
import { malformed } from "./malformed.js";
import { remember } from "./remember.js";
import { readSegments, type Segment } from "./segments.js";
import { stringAt } from "./strings.js";

/** Steps of an entry that is returned, beside the one of looking at it. */
const ENTRY_STEPS = 3;

/** One entry of the dynamic section (gABI, "Dynamic Section"). */
export interface DynamicEntry {
  /** d_tag, such as 1 (DT_NEEDED). */
  tag: number;
  /** d_val or d_ptr. */
  value: bigint;
  /** File offset of the entry. */
  offset: number;
}

/** What the dynamic section says about loading a file. */
export interface Dynamic {
  /** DT_NEEDED, in the order in which the loader takes them. */
  needed: string[];
  /** DT_SONAME. */
  soname?: string;
  /** DT_RPATH, unchanged: directories joined by colons. */
  rpath?: string;
  /** DT_RUNPATH, unchanged. */
  runpath?: string;
  /** DT_FLAGS. */
  flags: number;
  /** DT_FLAGS_1. */
  flags1: number;
  /** The loader processes all relocations at start: DT_BIND_NOW, DF_BIND_NOW or DF_1_NOW. */
  bindNow: boolean;
  /** Relocations write to code: DT_TEXTREL or DF_TEXTREL. */
  textRelocations: boolean;
  /** Whether there is a DT_DEBUG, which linkers write into programs only. */
  debug: boolean;
}

/**
 * The entries of the dynamic section up to DT_NULL, found through PT_DYNAMIC as the loader finds them, because the section
 * table may be missing. With `tags`, only entries with one of these tags.
 *
 * @example
 * ```ts
 * const DT_NEEDED = 1;
 * const entries = [...readDynamicEntries(readFileSync("/bin/sh"))];
 * assert.ok(entries.some(({ tag }) => tag === DT_NEEDED));
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF, MALFORMED_ELF, or LIMIT_EXCEEDED.
 */
export function* readDynamicEntries(
  input: ElfInput,
  options: ReadOptions = {},
  tags?: ReadonlySet<number>,
): Generator<DynamicEntry> {
  const file = toElf(input, options);
  const [segment] = readSegments(file, elf.PT_DYNAMIC);
  // The program headers of a separate debug file describe the program that it belongs to.
  if (segment === undefined || isSeparateDebugFile(file)) return;
  const { source, header } = file;
  const end = checkedEnd(file, segment, "dynamic segment");
  const wide = header.bits === 64;
  const size = wide ? 16 : 8;
  const f = windowOf(file, end);
  for (let offset = segment.offset; offset + size <= end; offset += size) {
    const at = f.at(offset, size);
    const tag = wide ? f.u64(at) : f.u32(at);
    if (tag === elf.DT_NULL) return;
    if (tags !== undefined && !tags.has(tag)) continue;
    source.budget.work(ENTRY_STEPS, source, offset);
    yield { tag, value: wide ? f.big(at + 8) : BigInt(f.u32(at + 4)), offset };
  }
}

/**
 * What the dynamic section says about loading the file; undefined without one, as in static programs and
 * relocatables.
 *
 * @example
 * ```ts
 * const dynamic = readDynamic(readFileSync("/bin/sh"));
 * assert.ok(dynamic?.needed.some((name) => name.startsWith("libc.")));
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF, MALFORMED_ELF or LIMIT_EXCEEDED.
 */
export function readDynamic(input: ElfInput, options: ReadOptions = {}): Dynamic | undefined {
  const file = toElf(input, options);
  return remember(file, "dynamic", () => summarize(file, options));
}

function summarize(file: Elf, options: ReadOptions): Dynamic | undefined {
  const entries = summarizedEntries(file, options);
  const flags = readDynamicFlags(file, options);
  if (entries === undefined || flags === undefined) return undefined;
  const { first, needed } = entries;
  const table = STRING_TAGS.some((tag) => first.has(tag)) ? stringTable(file, first) : EMPTY_TABLE;
  const string = (tag: number): string | undefined => {
    const entry = first.get(tag);
    return entry && text(file, entry, table);
  };
  const soname = string(elf.DT_SONAME);
  const rpath = string(elf.DT_RPATH);
  const runpath = string(elf.DT_RUNPATH);
  return {
    needed: namesUpToLimit(file, needed, table, options),
    ...(soname !== undefined && { soname }),
    ...(rpath !== undefined && { rpath }),
    ...(runpath !== undefined && { runpath }),
    ...flags,
  };
}

/** The names of needed libraries; reports the first one that exceeds a limit, and leaves it and the rest out. */
function namesUpToLimit(file: Elf, needed: DynamicEntry[], table: StringTable, options: ReadOptions): string[] {
  const names: string[] = [];
  try {
    for (const entry of needed) names.push(text(file, entry, table));
  } catch (error) {
    if (!(error instanceof OgrtError) || error.code !== "LIMIT_EXCEEDED") throw error;
    report(options, error);
  }
  return names;
}

/** What the dynamic section says without strings. */
export type DynamicFlags = Omit<Dynamic, "needed" | "soname" | "rpath" | "runpath">;

/** The part of {@link readDynamic} that needs no string table, which may be damaged on its own. */
export function readDynamicFlags(file: Elf, options: ReadOptions): DynamicFlags | undefined {
  const entries = summarizedEntries(file, options);
  if (entries === undefined) return undefined;
  const { first } = entries;
  const number = (tag: number): number => Number(first.get(tag)?.value ?? 0);
  const flags = number(elf.DT_FLAGS);
  const flags1 = number(elf.DT_FLAGS_1);
  return {
    flags,
    flags1,
    bindNow: first.has(elf.DT_BIND_NOW) || (flags & elf.DF_BIND_NOW) !== 0 || (flags1 & elf.DF_1_NOW) !== 0,
    textRelocations: first.has(elf.DT_TEXTREL) || (flags & elf.DF_TEXTREL) !== 0,
    debug: first.has(elf.DT_DEBUG),
  };
}

interface SummarizedEntries {
  /** The first entry of each tag. */
  first: Map<number, DynamicEntry>;
  needed: DynamicEntry[];
}

function summarizedEntries(file: Elf, options: ReadOptions): SummarizedEntries | undefined {
  return remember(file, "summarized dynamic entries", () => {
    const first = new Map<number, DynamicEntry>();
    const needed: DynamicEntry[] = [];
    for (const entry of readDynamicEntries(file, options, SUMMARIZED)) {
      if (entry.tag === elf.DT_NEEDED) needed.push(entry);
      if (!first.has(entry.tag)) first.set(entry.tag, entry);
    }
    if (first.size === 0 && readDynamicEntries(file, options).next().done) return undefined;
    return { first, needed };
  });
}

interface StringTable {
  offset: number;
  size: number;
}

const EMPTY_TABLE: StringTable = { offset: 0, size: 0 };
const STRING_TAGS: readonly number[] = [elf.DT_NEEDED, elf.DT_SONAME, elf.DT_RPATH, elf.DT_RUNPATH];
/** Tags that the summary needs. A dynamic section has some thirty entries, most of them others. */
const SUMMARIZED: ReadonlySet<number> = /* @__PURE__ */ new Set([
  ...STRING_TAGS,
  elf.DT_STRTAB,
  elf.DT_STRSZ,
  elf.DT_FLAGS,
  elf.DT_FLAGS_1,
  elf.DT_BIND_NOW,
  elf.DT_TEXTREL,
  elf.DT_DEBUG,
]);

/** DT_STRTAB is an address. The segment loaded there gives the offset in the file. */
function stringTable(file: Elf, entries: Map<number, DynamicEntry>): StringTable {
  const { source } = file;
  const table = entries.get(elf.DT_STRTAB);
  const size = entries.get(elf.DT_STRSZ);
  if (table === undefined || size === undefined) {
    const [{ offset }] = entries.values() as Iterable<DynamicEntry> as [DynamicEntry];
    throw malformed(source, offset, entries.size, "dynamic section without DT_STRTAB and DT_STRSZ");
  }
  for (const { virtualAddress, fileSize, offset } of readSegments(file, elf.PT_LOAD)) {
    const distance = table.value - virtualAddress;
    if (distance < 0n || distance >= fileSize) continue;
    const start = offset + Number(distance);
    if (start + Number(size.value) > source.size) {
      const sentence = `dynamic string table of ${size.value} bytes ends after the file's ${source.size} bytes`;
      throw malformed(source, size.offset, size.value, sentence);
    }
    return { offset: start, size: Number(size.value) };
  }
  const sentence = `no PT_LOAD segment holds the dynamic string table at address 0x${table.value.toString(16)}`;
  throw malformed(source, table.offset, table.value, sentence);
}

function text({ source }: Elf, entry: DynamicEntry, table: StringTable): string {
  if (entry.value >= table.size) {
    const sentence = `string ${entry.value} of a dynamic string table of ${table.size} bytes`;
    throw malformed(source, entry.offset, entry.value, sentence);
  }
  const start = table.offset + Number(entry.value);
  return stringAt(source, start, table.offset + table.size, "string of the dynamic section");
}

/** End of a segment in the file. Throws when the file is too short for it. */
export function checkedEnd({ source }: Elf, segment: Segment, what: string): number {
  const end = segment.offset + segment.fileSize;
  if (end <= source.size) return end;
  const sentence = `${what} (${segment.fileSize} bytes) ends after the file's ${source.size} bytes`;
  throw malformed(source, segment.offset, segment.fileSize, sentence);
}
