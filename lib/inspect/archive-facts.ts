import { memberContent } from "../elf/archive.js";
import {
  type ArchiveMember,
  archiveType,
  type Elf,
  elfKind,
  isElf,
  machineName,
  type ReadOptions,
  readArchive,
  readBuildId,
  type Source,
  toElf,
  withBudget,
} from "../elf/index.js";
import { problem } from "../elf/malformed.js";
import { OgrtError } from "../errors.js";
import { readSignatures } from "../signature/index.js";
import type { ElfFacts, FileFinding, StatedFacts } from "./finding.js";
import { Reading } from "./reading.js";

type Member = NonNullable<FileFinding["members"]>[number];
type Format = Pick<ElfFacts, "bits" | "byteOrder" | "machine">;
type ArchiveFacts = StatedFacts & Pick<FileFinding, "members" | "unreadMembers">;

/**
 * The facts of a static library: stamps and classes of its ELF members.
 *
 * @param open - opens a member of a thin archive, or throws why not.
 */
export function archiveFacts(
  source: Source,
  options: ReadOptions,
  open: (member: ArchiveMember) => Source,
): ArchiveFacts {
  const members: Member[] = [];
  const archive = withBudget(source, options);
  const reading = new Reading(options);
  let unreadMembers = 0;
  let format: Format | undefined;
  const readMember = (member: ArchiveMember) => {
    const { name, offset } = member;
    const content = memberContent(archive, member, open);
    if (content === undefined) return;
    if (archiveType(content) !== undefined) {
      throw problem("MEMBER_UNREAD", archive, offset, name, `member ${name} was not read: an archive itself`);
    }
    if (!isElf(content)) return;
    const elf = toElf(content);
    const { bits, byteOrder, machine } = elf.header;
    format ??= { bits, byteOrder, machine: String(machineName(machine)) };
    members.push({ name, ...memberFacts(elf, reading) });
  };
  reading.attempt("members", () => {
    for (const member of readArchive(archive, reading)) {
      try {
        readMember(member);
      } catch (error) {
        // A file that cannot be read is the archive itself, unless it is a member of a thin one.
        const isArchive = member.source !== undefined && error instanceof OgrtError && error.code.startsWith("FILE_");
        if (!(error instanceof OgrtError) || isArchive || error.code === "LIMIT_EXCEEDED") throw error;
        unreadMembers++;
        reading.onProblem(error);
      }
      if (!reading.hasRead("members")) break;
    }
  });
  reading.end();
  return {
    kind: "archive",
    ...format,
    signatures: members.flatMap(({ signatures }) => signatures),
    needed: [],
    compilers: [],
    notes: [],
    members,
    ...(unreadMembers > 0 && { unreadMembers }),
    ...(reading.unread.length > 0 && { unread: reading.unread }),
  };
}

/** What is listed of a member. Nothing else of it is read: a library has thousands. */
function memberFacts(elf: Elf, options: ReadOptions): Omit<Member, "name"> {
  const reading = new Reading(options);
  const kind = reading.attempt("kind", () => elfKind(elf, reading)) ?? "other";
  const signatures = reading.attempt("notes", () => readSignatures(elf, reading)) ?? [];
  const buildId = reading.attempt("notes", () => readBuildId(elf, reading));
  reading.end();
  return { kind, signatures, ...(buildId !== undefined && { buildId }) };
}
