import { isElf, type ReadOptions, readArchive, type SourceInput, toElf } from "../elf/index.js";
import { readSignatures, type Signature } from "./read.js";

/** The signatures of one member of a static library. */
export interface MemberSignatures {
  member: string;
  signatures: Signature[];
}

/**
 * The signatures of a static library, one entry per ELF member in archive order, including members without a signature.
 * Offsets are relative to the start of the member.
 *
 * @example
 * ```ts
 * const empty = Buffer.from("!<arch>\n");
 * assert.deepEqual([...readArchiveSignatures(empty)], []);
 * ```
 *
 * @throws {@link OgrtError} MALFORMED_ARCHIVE, and for a member MALFORMED_ELF.
 */
export function* readArchiveSignatures(input: SourceInput, options: ReadOptions = {}): Generator<MemberSignatures> {
  for (const { name, source } of readArchive(input, options)) {
    if (source === undefined || !isElf(source)) continue;
    yield { member: name, signatures: readSignatures(toElf(source), options) };
  }
}
