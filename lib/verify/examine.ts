import { readBuildId, toElf } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import type { GuardOptions } from "../files/guard-options.js";
import { type FileIdentity, openGuarded } from "../files/guarded.js";
import { FileSource } from "../files/index.js";
import { readSignatures } from "../signature/index.js";
import type { Found, UnreadableReason } from "./finding.js";
import { readProvenance } from "./provenance.js";

export interface ExamineRequest extends GuardOptions {
  readonly path: Buffer;
  /** Identity of the file when it was last read. An unmodified file is not read again. */
  readonly known?: FileIdentity | undefined;
}

/**
 * Examines a reported path: opens it guarded, then reads signatures and build-id. No content of the file makes it throw.
 *
 * @throws Error when this process cannot examine any file: without descriptors, memory or /proc.
 */
export function examine({ path, known, ...guard }: ExamineRequest): Found | { readonly state: "unmodified" } {
  const opened = openGuarded(path, guard);
  if (opened === "missing") return { state: "missing" };
  if (opened === "excluded") return { state: "unchecked", reason: "policy" };
  if (opened === "avoided") return { state: "unchecked", reason: "timeout" };
  if (opened === "automount") return { state: "unchecked", reason: "automount" };
  if (typeof opened === "string") return { state: "unreadable", reason: opened };
  const { descriptor, identity } = opened;
  const source = new FileSource(descriptor, Number(identity.size), "");
  try {
    if (known !== undefined && isSame(known, identity)) return { state: "unmodified" };
    // One budget bounds all that is read of the file.
    const elf = toElf(source);
    const all = readSignatures(elf);
    // A note that is not loaded into memory cannot have been reported. It counts only if there is no other.
    const loaded = all.filter(({ allocatable }) => allocatable);
    const signatures = (loaded.length > 0 ? loaded : all).map(({ uuid }) => uuid);
    return { state: "read", identity, signatures, buildId: readBuildId(elf), ...readProvenance(elf) };
  } catch (error) {
    return { state: "unreadable", reason: reasonOf(error) };
  } finally {
    source.close();
  }
}

function isSame(a: FileIdentity, b: FileIdentity): boolean {
  return (
    a.device === b.device &&
    a.inode === b.inode &&
    a.size === b.size &&
    a.modified === b.modified &&
    a.changed === b.changed
  );
}

function reasonOf(error: unknown): UnreadableReason {
  if (!(error instanceof OgrtError)) throw error;
  if (error.code === "NOT_ELF") return "not-elf";
  if (error.code === "MALFORMED_ELF") return "malformed-elf";
  if (error.code === "LIMIT_EXCEEDED") return "limit-exceeded";
  return "io-error";
}
