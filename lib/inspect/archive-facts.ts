import {
  type ArchiveMember,
  archiveType,
  ElfFile,
  isElf,
  type ReadOptions,
  readArchive,
  type Source,
} from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { elfFacts } from "./facts.js";
import type { ElfFacts, FileFinding, StatedFacts } from "./finding.js";

/** Unread members of one archive that are listed among its problems; further ones are counted only. */
const MAX_LISTED_MEMBERS = 16;

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
  let unreadMembers = 0;
  let first: ElfFacts | undefined;
  for (const member of readArchive(source, options)) {
    const { name, offset } = member;
    try {
      const content = member.source ?? open(member);
      if (archiveType(content) !== undefined) {
        throw new OgrtError("MEMBER_UNREAD", `member ${name} was not read: an archive itself`, {
          path: source.path,
          offset,
          value: name,
        });
      }
      if (!isElf(content)) continue;
      const facts = elfFacts(new ElfFile(content, options), options);
      first ??= facts;
      const { kind, signatures, buildId } = facts;
      members.push({ name, kind, signatures, ...(buildId !== undefined && { buildId }) });
    } catch (error) {
      // A file that cannot be read is the archive itself, unless it is a member of a thin one.
      const isArchive = member.source !== undefined && error instanceof OgrtError && error.code.startsWith("FILE_");
      if (!(error instanceof OgrtError) || isArchive) throw error;
      if (unreadMembers++ < MAX_LISTED_MEMBERS) options.onProblem?.(error);
    }
  }
  return {
    kind: "archive",
    ...(first !== undefined && { bits: first.bits, byteOrder: first.byteOrder, machine: first.machine }),
    signatures: members.flatMap(({ signatures }) => signatures),
    needed: [],
    compilers: [],
    notes: [],
    members,
    ...(unreadMembers > 0 && { unreadMembers }),
  };
}
