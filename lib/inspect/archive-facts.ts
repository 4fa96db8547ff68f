import {
  type ArchiveMember,
  archiveType,
  isElf,
  type ReadOptions,
  readArchive,
  type Source,
  withBudget,
} from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { elfFacts } from "./facts.js";
import type { ElfFacts, FileFinding, StatedFacts } from "./finding.js";
import { Reading } from "./reading.js";

/** Unread members of one archive that are listed among its problems; further ones are counted only. */
const MAX_LISTED_MEMBERS = 16;
/** Steps of opening a member that is a file of its own. */
const OPEN_STEPS = 128;

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
  const members: NonNullable<FileFinding["members"]> = [];
  const archive = withBudget(source, options);
  const { budget } = archive;
  const reading = new Reading(options);
  let unreadMembers = 0;
  let first: ElfFacts | undefined;
  const readMember = (member: ArchiveMember) => {
    const { name, offset } = member;
    if (member.source === undefined) budget.work(OPEN_STEPS, archive, offset);
    const content = withBudget(member.source ?? open(member), budget);
    if (archiveType(content) !== undefined) {
      const details = { path: source.path, offset, value: name };
      throw new OgrtError("MEMBER_UNREAD", `member ${name} was not read: an archive itself`, details);
    }
    if (!isElf(content)) return;
    const facts = elfFacts(content, reading);
    first ??= facts;
    const { kind, signatures, buildId } = facts;
    members.push({ name, kind, signatures, ...(buildId !== undefined && { buildId }) });
  };
  reading.attempt("members", () => {
    for (const member of readArchive(archive, reading)) {
      try {
        readMember(member);
      } catch (error) {
        // A file that cannot be read is the archive itself, unless it is a member of a thin one.
        const isArchive = member.source !== undefined && error instanceof OgrtError && error.code.startsWith("FILE_");
        if (!(error instanceof OgrtError) || isArchive || error.code === "LIMIT_EXCEEDED") throw error;
        if (unreadMembers++ < MAX_LISTED_MEMBERS) reading.onProblem(error);
      }
      if (!reading.hasRead("members")) break;
    }
  });
  reading.end();
  return {
    kind: "archive",
    ...(first !== undefined && { bits: first.bits, byteOrder: first.byteOrder, machine: first.machine }),
    signatures: members.flatMap(({ signatures }) => signatures),
    needed: [],
    compilers: [],
    notes: [],
    members,
    ...(unreadMembers > 0 && { unreadMembers }),
    ...(reading.unread.length > 0 && { unread: reading.unread }),
  };
}
