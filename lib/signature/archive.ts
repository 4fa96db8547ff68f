import { memberContent } from "../elf/archive.js";
import {
  type ArchiveMember,
  isElf,
  type ReadOptions,
  readArchive,
  type Source,
  type SourceInput,
  toElf,
  toSource,
  withBudget,
} from "../elf/index.js";
import { readSignatures, type Signature } from "./read.js";

/** The signatures of one member of a static library. */
export interface MemberSignatures {
  member: string;
  signatures: Signature[];
  /** The member of a thin archive was not read: its signatures are unknown. */
  isUnread?: true;
}

export interface ArchiveSignatureOptions extends ReadOptions {
  /** Opens a member of a thin archive, which lies in another file; undefined where that is not possible. */
  openMember?: (member: ArchiveMember) => Source | undefined;
}

/**
 * The signatures of a static library, one entry per ELF member in archive order, including members without a signature.
 * Offsets are relative to the start of the member. Members of a thin archive are read through `openMember`; an entry
 * `isUnread` stands for each that was not.
 *
 * @example
 * ```ts
 * const empty = Buffer.from("!<arch>\n");
 * assert.deepEqual([...readArchiveSignatures(empty)], []);
 * ```
 *
 * @throws {@link OgrtError} MALFORMED_ARCHIVE, and for a member MALFORMED_ELF.
 */
export function* readArchiveSignatures(
  input: SourceInput,
  options: ArchiveSignatureOptions = {},
): Generator<MemberSignatures> {
  const archive = withBudget(toSource(input), options);
  for (const member of readArchive(archive, options)) {
    const source = memberContent(archive, member, (own) => options.openMember?.(own));
    if (source === undefined) yield { member: member.name, signatures: [], isUnread: true };
    else if (isElf(source)) yield { member: member.name, signatures: readSignatures(toElf(source), options) };
  }
}
