import type { Hardening } from "../elf/index.js";
import type { ModuleCompression } from "../files/index.js";
import type { Signature } from "../signature/index.js";

/** What an ELF file states. Names are reversible text. */
export interface ElfFacts {
  /** Program, PIE, shared object and so on, or `archive`. */
  kind: string;
  bits: 32 | 64;
  byteOrder: "little" | "big";
  /** Name of e_machine, such as `EM_X86_64`; the number in decimal when it has none. */
  machine: string;
  interpreter?: string;
  signatures: Signature[];
  /** GNU build-id as lower-case hexadecimal. */
  buildId?: string;
  /** Package metadata of the FDO note. */
  package?: Record<string, unknown>;
  soname?: string;
  needed: string[];
  rpath?: string;
  runpath?: string;
  /** Lines of `.comment`. */
  compilers: string[];
  hardening?: Hardening;
  /** Number of notes of each owner and type, with a summary of the first where its kind has one. */
  notes: { owner: string; type: number; count: number; summary?: string }[];
  /** Parts that exceed a limit of the reader, so that the facts about them are missing or incomplete. */
  unread?: UnreadPart[];
}

/** A part of a file that the reader bounds: `members` of an archive, `content` of a compressed kernel module. */
export type UnreadPart =
  | "kind"
  | "notes"
  | "dynamic section"
  | "interpreter"
  | "hardening"
  | "compilers"
  | "members"
  | "content";

/** Status of a file. */
export interface FileFacts {
  size: number;
  uid: number;
  gid: number;
  /** Permission bits in octal, such as `0755`. */
  mode: string;
  /** Last modification, ISO 8601 in UTC. */
  modified: string;
  /** `device:inode`, which identifies a file on one machine. */
  identity: string;
  /** Number of hard links. */
  links: number;
  /** Lower-case hexadecimal; only on request. */
  sha256?: string;
}

export interface Problem {
  code: string;
  message: string;
}

/**
 * What a file states. The format of an archive is that of its first ELF member; it is absent when there is none, and for a
 * kernel module that could not be inflated.
 */
export type StatedFacts = Omit<ElfFacts, "bits" | "byteOrder" | "machine"> &
  Partial<Pick<ElfFacts, "bits" | "byteOrder" | "machine">>;

/** An ELF file, or an archive with its ELF members. */
export interface FileFinding extends StatedFacts, FileFacts {
  finding: "file";
  path: string;
  /** For archives: the members that are ELF files. */
  members?: ({ name: string } & Pick<ElfFacts, "kind" | "signatures" | "buildId">)[];
  /** For kernel modules: how the file is compressed. Facts are those of the inflated content. */
  compression?: ModuleCompression;
  /** For archives: the number of members that could not be read, so that nothing is known about them. */
  unreadMembers?: number;
  /** Damage that did not stop the reading, such as malformed notes; the first hundred, and any limit. */
  problems: Problem[];
  /** Number of problems that are not listed. */
  furtherProblems?: number;
}

/**
 * Whether a file is stamped. Undefined where there is no answer: a debug file repeats the stamp of its program; nothing ELF
 * was found or read in an archive or a compressed kernel module; an archive has members that were not read; a limit ended
 * the reading of notes or members.
 */
export function isStamped(finding: FileFinding): boolean | undefined {
  const { kind, signatures, machine, unreadMembers = 0, unread = [] } = finding;
  if (kind === "debug file") return undefined;
  if (signatures.length > 0) return true;
  if (unread.includes("notes") || unread.includes("members")) return undefined;
  return machine === undefined || unreadMembers > 0 ? undefined : false;
}

/** A file or directory that could not be read. The scan continues. */
export interface ProblemFinding {
  finding: "problem";
  path: string;
  /**
   * `unreadable` (permission and the like), `vanished` (removed after listing), `changed` (truncated while it was read),
   * `malformed` (starts as ELF but is invalid); `not ELF` for kernel modules, and like `special` for files given by name.
   */
  problem: "unreadable" | "vanished" | "changed" | "malformed" | "not ELF" | "special" | "directory";
  error: Problem;
}

export type Finding = FileFinding | ProblemFinding;
