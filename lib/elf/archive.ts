import type { OgrtError } from "../errors.js";
import { bytesToText } from "../text/escape.js";
import { fileType } from "./file-type.js";
import type { ReadOptions } from "./limits.js";
import { problem } from "./malformed.js";
import { type BudgetedSource, withBudget } from "./metered-source.js";
import { partOfSource, type Source, type SourceInput, toSource } from "./source.js";
import { bytesUpTo } from "./strings.js";

/** One member of an ar archive. */
export interface ArchiveMember {
  name: string;
  /** File offset of the member's content in bytes. */
  offset: number;
  size: number;
  /** The content; absent in thin archives, which hold file names only. */
  source?: Source;
  /** In thin archives: `name` is another archive, and the member's header begins at this offset of it ({@link memberAt}). */
  origin?: number;
}

const NEWLINE = 0x0a;
const SLASH = 0x2f;
const MAGIC_SIZE = 8;
const MEMBER_HEADER_SIZE = 60;
/** What is kept of a member counts as this much text beside its name. */
const MEMBER_TEXT_BYTES = 32;
/** Steps of opening a member that is a file of its own. */
const OPEN_STEPS = 128;
/** Bytes of such a member that add to what reading the archive may cost: all members may be the same large file. */
const MAX_ADDED_MEMBER_BYTES = 4096;

/**
 * Whether the file is an ar archive, the format of static libraries. A `thin` one holds file names but no content.
 *
 * @example
 * ```ts
 * assert.equal(archiveType(Buffer.from("!<arch>\n")), "regular");
 * ```
 */
export function archiveType(input: SourceInput): "regular" | "thin" | undefined {
  const type = fileType(input);
  return type === "ar archive" ? "regular" : type === "thin ar archive" ? "thin" : undefined;
}

/**
 * The members of an ar archive, in file order, without symbol tables and the table of long names. Reads long names as
 * GNU (`/123`, an offset into the table `//`) and BSD (`#1/20`, before the content) write them. Source: ar(5).
 *
 * @example
 * ```ts
 * const archive = Buffer.from(`!<arch>\n${"hello.txt/".padEnd(48)}${"3".padEnd(10)}\`\nhi\n`);
 * const [member] = readArchive(archive);
 * assert.deepEqual([member.name, member.size], ["hello.txt", 3]);
 * ```
 *
 * @throws {@link OgrtError} MALFORMED_ARCHIVE, also for a file that is not an archive; LIMIT_EXCEEDED.
 */
export function* readArchive(input: SourceInput, options: ReadOptions = {}): Generator<ArchiveMember> {
  const source = withBudget(toSource(input), options);
  const { budget } = source;
  const type = archiveType(source);
  if (type === undefined) throw malformed(source, 0, "not an ar archive");
  let longNames: Source | undefined;
  for (let at = MAGIC_SIZE; at < source.size; ) {
    budget.text(MEMBER_TEXT_BYTES, source, at);
    const { rawName, size } = memberHeader(source, at);
    let offset = at + MEMBER_HEADER_SIZE;
    const special = rawName === "/" || rawName === "//" || rawName === "/SYM64/";
    // A thin archive records the size of a member but not its content.
    const stored = type === "regular" || special ? size : 0;
    if (offset + stored > source.size) throw malformed(source, at, `member of ${size} bytes ends after the file`, size);
    at = offset + stored + (stored % 2);
    if (rawName === "//") longNames = partOfSource(source, offset, size);
    if (special) continue;
    if (type === "regular") budget.addMember(size);

    let name = rawName.endsWith("/") ? rawName.slice(0, -1) : rawName;
    let contentSize = size;
    let origin: number | undefined;
    const gnu = /^\/(\d+)(?::(\d+))?$/.exec(rawName);
    const bsd = /^#1\/(\d+)$/.exec(rawName);
    if (bsd !== null && type === "regular") {
      const nameSize = Number(bsd[1]);
      if (nameSize > Math.min(size, budget.limits.maxStringBytes)) {
        throw malformed(source, offset - MEMBER_HEADER_SIZE, `member name of ${nameSize} bytes`, nameSize);
      }
      budget.text(nameSize, source, offset);
      const bytes = source.read(offset, nameSize);
      const terminator = bytes.indexOf(0);
      name = bytesToText(terminator === -1 ? bytes : bytes.subarray(0, terminator));
      offset += nameSize;
      contentSize -= nameSize;
    } else if (gnu !== null) {
      name = longName(source, longNames, Number(gnu[1]), offset - MEMBER_HEADER_SIZE);
      if (gnu[2] !== undefined && type === "thin") origin = Number(gnu[2]);
    }
    if (name.startsWith("__.SYMDEF")) continue;
    yield {
      name,
      offset,
      size: contentSize,
      ...(origin !== undefined && { origin }),
      ...(type === "regular" && {
        source: partOfSource(source, offset, contentSize, source.path && `${source.path}(${name})`),
      }),
    };
  }
}

/**
 * The content of a member, with the budget of its archive; undefined where `open` gives none.
 *
 * @param open - opens a member of a thin archive, which is a file of its own.
 */
export function memberContent(
  archive: BudgetedSource,
  member: ArchiveMember,
  open: (member: ArchiveMember) => Source | undefined,
): BudgetedSource | undefined {
  const { budget } = archive;
  if (member.source !== undefined) return withBudget(member.source, budget);
  budget.work(OPEN_STEPS, archive, member.offset);
  const opened = open(member);
  if (opened === undefined) return undefined;
  budget.addMember(Math.min(opened.size, MAX_ADDED_MEMBER_BYTES));
  return withBudget(opened, budget);
}

/**
 * The content of the member of an ar archive whose header begins at an offset. GNU's thin archives refer so to members of
 * other archives.
 *
 * @example
 * ```ts
 * const archive = toSource(Buffer.from(`!<arch>\n${"hello.txt/".padEnd(48)}${"3".padEnd(10)}\`\nhi\n`));
 * assert.equal(memberAt(archive, 8).size, 3);
 * ```
 *
 * @throws {@link OgrtError} MALFORMED_ARCHIVE when the file is not an archive with content, or no member is there.
 */
export function memberAt(source: Source, offset: number): Source {
  if (archiveType(source) !== "regular") throw malformed(source, 0, "not an ar archive with content");
  const { rawName, size } = memberHeader(source, offset);
  const nameSize = Number(/^#1\/(\d+)$/.exec(rawName)?.[1] ?? 0);
  const start = offset + MEMBER_HEADER_SIZE;
  if (nameSize > size || start + size > source.size) {
    throw malformed(source, offset, `member of ${size} bytes ends after the file`, size);
  }
  return partOfSource(source, start + nameSize, size - nameSize);
}

function memberHeader(source: Source, at: number): { rawName: string; size: number } {
  if (at + MEMBER_HEADER_SIZE > source.size) {
    throw malformed(source, at, "file ends inside a member header", source.size - at);
  }
  const header = source.read(at, MEMBER_HEADER_SIZE);
  if (header[58] !== 0x60 || header[59] !== 0x0a)
    throw malformed(source, at + 58, "member header without its terminating bytes");
  const size = bytesToText(header.subarray(48, 58)).trimEnd();
  if (!/^\d+$/.test(size)) throw malformed(source, at + 48, `member size is "${size}"`, size);
  return { rawName: bytesToText(header.subarray(0, 16)).trimEnd(), size: Number(size) };
}

/** GNU ends each name of its table with `/` and a newline. */
function longName(source: BudgetedSource, table: Source | undefined, start: number, headerOffset: number): string {
  if (table === undefined || start >= table.size) {
    throw malformed(source, headerOffset, `no long name at ${start} of the name table`, start);
  }
  const most = Math.min(table.size - start, source.budget.limits.maxStringBytes);
  const bytes = bytesUpTo(withBudget(table), NEWLINE, start, table.size) ?? table.read(start, most);
  source.budget.text(bytes.length, source, headerOffset);
  return bytesToText(bytes.at(-1) === SLASH ? bytes.subarray(0, -1) : bytes);
}

function malformed(source: Source, offset: number, sentence: string, value?: number | string): OgrtError {
  const message = `malformed archive at offset 0x${offset.toString(16)}: ${sentence}`;
  return problem("MALFORMED_ARCHIVE", source, offset, value, message);
}
