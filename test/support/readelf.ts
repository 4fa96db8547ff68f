import { spawnSync } from "node:child_process";
import { type ElfFile, elfTypeName, readDynamicEntries, segmentTypeName } from "../../lib/elf/index.js";

/**
 * The output of GNU readelf, eu-readelf and llvm-readelf in one form, to compare with our reading. Field values are text
 * in a fixed form, so that a difference shows both readings.
 */
export interface View {
  header: Record<string, string>;
  segments: string[];
  dynamic: string[];
  notes: string[];
}

/** Output of a tool. Its exit code is ignored, because readelf fails on files that it has printed. */
export function output(tool: string, args: string[]): string {
  const { stdout, error } = spawnSync(tool, args, {
    encoding: "latin1",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, LC_ALL: "C", DEBUGINFOD_URLS: "" },
  });
  if (error !== undefined) throw error;
  return stdout;
}

/** GNU readelf's view of each file. */
export function gnuReadelf(paths: string[]): Map<string, View> {
  const views = new Map<string, View>();
  // readelf prints no name for a single file, so it always gets a second one.
  const text = output("readelf", ["-hldnW", ...paths, "/bin/true"]);
  for (const part of text.split(/^\nFile: /m).slice(1)) {
    const end = part.indexOf("\n");
    const name = part.slice(0, end);
    if (paths.includes(name)) views.set(name, gnuView(part.slice(end)));
  }
  return views;
}

const field = (text: string, name: string) =>
  new RegExp(`^  ${name}:\\s+(\\S+)(?: \\((\\d+)\\))?`, "m").exec(text)?.slice(1) ?? [];

function gnuView(text: string): View {
  const first = (name: string) => field(text, name)[0] ?? "";
  // `0 (70000)`: the extended number is in parentheses.
  const count = (name: string) => field(text, name)[1] ?? first(name);
  const header = {
    class: first("Class"),
    order: /little endian/.test(text) ? "little" : "big",
    type: first("Type"),
    entry: first("Entry point address"),
    phoff: first("Start of program headers"),
    shoff: first("Start of section headers"),
    flags: first("Flags").replace(/,$/, ""),
    phentsize: first("Size of program headers"),
    phnum: count("Number of program headers"),
    shentsize: first("Size of section headers"),
    shnum: count("Number of section headers"),
    shstrndx: count("Section header string table index"),
  };
  const segments: string[] = [];
  const row = /^ {2}(\S+) +0x(\w+) 0x(\w+) 0x(\w+) 0x(\w+) 0x(\w+) (.{3}) (?:0x)?(\w+)$/gm;
  for (const [, type = "", offset, virtual, physical, fileSize, memorySize, flags, align] of text.matchAll(row)) {
    const numbers = [offset, virtual, physical, fileSize, memorySize, align].map((word) => plain(`0x${word}`));
    segments.push([type, ...numbers, (flags ?? "").trimEnd()].join(" "));
  }
  const dynamic: string[] = [];
  for (const [, tag, name = "", value = ""] of text.matchAll(/^ 0x([0-9a-f]+) \((.+?)\) +(.*)$/gm)) {
    const string = /\[(.*)\]$/.exec(value)?.[1];
    const number = /^(0x[0-9a-f]+|\d+)(?: \(bytes\))?$/.exec(value)?.[1];
    const shown = STRINGS.has(name) ? string : number === undefined ? DECODED : plain(number);
    // NULL ends the table; our reading has no entry for it.
    if (name !== "NULL") dynamic.push(`${plain(`0x${tag}`)} ${shown}`);
  }
  return { header, segments, dynamic, notes: gnuNotes(text) };
}

/** Stands for a value that readelf prints as words. */
const DECODED = "*";
const STRINGS = new Set(["NEEDED", "SONAME", "RPATH", "RUNPATH"]);
const plain = (number: string) => BigInt(number).toString(16);

/** Owner and size of each note. GNU readelf and llvm-readelf use the same format. */
export function gnuNotes(text: string): string[] {
  const rows = text.matchAll(/^ {2}(\S.*?|) +0x([0-9a-f]{8})\t(.*)$/gm);
  return Array.from(rows, ([, owner, size]) => `${ownerOf(owner ?? "")} ${Number.parseInt(size ?? "", 16)}`);
}

/** Like {@link gnuNotes}, for eu-readelf. */
export function elfutilsNotes(text: string): string[] {
  const rows = text.matchAll(/^ {2}(\S.*?|) +(\d+) {2}(\S.*)$/gm);
  return Array.from(rows, ([, owner, size]) => `${ownerOf(owner ?? "")} ${size}`);
}

/**
 * annobin's owners contain binary values, which every tool prints differently. Go pads its owner with a second NUL within
 * namesz, which llvm-readelf prints.
 */
const ownerOf = (owner: string) => (owner.startsWith("GA") ? "GA" : owner.replace(/\0+$/, ""));

/** The dynamic entries in the form of {@link gnuReadelf}: strings as text, and `*` where readelf prints words. */
function ourDynamic(file: ElfFile, theirs: string[]): string[] {
  const { needed = [], soname, rpath, runpath } = file.dynamic ?? {};
  const strings: Record<number, (string | undefined)[]> = { 1: [...needed], 14: [soname], 15: [rpath], 29: [runpath] };
  return Array.from(readDynamicEntries(file), ({ tag, value }, index) => {
    const shown = strings[tag] === undefined ? value.toString(16) : strings[tag].shift();
    return `${tag.toString(16)} ${theirs[index]?.endsWith(` ${DECODED}`) ? DECODED : shown}`;
  });
}

/** Our view of a file. `theirs` shows which values of dynamic entries can be compared. */
export function ourView(file: ElfFile, theirs: View): View {
  const { header } = file;
  const type = String(elfTypeName(header.type)).replace("ET_", "");
  return {
    header: {
      class: `ELF${header.bits}`,
      order: header.byteOrder,
      type,
      entry: `0x${header.entry.toString(16)}`,
      phoff: String(header.segments.offset),
      shoff: String(header.sections.offset),
      flags: `0x${header.flags.toString(16)}`,
      phentsize: String(header.segments.entrySize),
      phnum: String(header.segments.count),
      shentsize: String(header.sections.entrySize),
      shnum: String(header.sections.count),
      shstrndx: String(header.sectionNames),
    },
    segments: file.segments.map((segment) =>
      [
        gnuSegmentType(segmentTypeName(segment.type, header.machine)),
        segment.offset.toString(16),
        segment.virtualAddress.toString(16),
        segment.physicalAddress.toString(16),
        segment.fileSize.toString(16),
        segment.memorySize.toString(16),
        segment.alignment.toString(16),
        `${segment.flags & 4 ? "R" : " "}${segment.flags & 2 ? "W" : " "}${segment.flags & 1 ? "E" : " "}`.trimEnd(),
      ].join(" "),
    ),
    dynamic: ourDynamic(file, theirs.dynamic),
    notes: ourNotes(file),
  };
}

/** readelf truncates the names of types to 14 characters. */
const gnuSegmentType = (name: string | number) =>
  typeof name === "number" ? `0x${name.toString(16)}` : name.replace(/^PT_(ARM_)?/, "").slice(0, 14);

/** Owner and size of each note in our reading. */
export function ourNotes(file: ElfFile): string[] {
  return Array.from(file.notes(), ({ owner, descriptorSize }) => `${ownerOf(owner)} ${descriptorSize}`);
}
