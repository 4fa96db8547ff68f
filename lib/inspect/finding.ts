import type { Hardening } from "../elf/index.js";
import type { Signature } from "../signature/index.js";

/** What an ELF file says about itself. Names are reversible text. */
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
  /** Package metadata as the FDO note has it. */
  package?: Record<string, unknown>;
  soname?: string;
  needed: string[];
  rpath?: string;
  runpath?: string;
  /** Lines of `.comment`. */
  compilers: string[];
  hardening?: Hardening;
  /** How many notes there are of each owner and type, and what the first of them says where its kind has a summary. */
  notes: { owner: string; type: number; count: number; summary?: string }[];
}

/** What the file system says about a file. */
export interface FileFacts {
  size: number;
  uid: number;
  gid: number;
  /** Permission bits in octal, as ls(1) would have them: `0755`. */
  mode: string;
  /** Last modification, ISO 8601 in UTC. */
  modified: string;
  /** `device:inode`, which names a file on one machine whatever its paths. */
  identity: string;
  /** How many names (hard links) it has. */
  links: number;
  /** Lower-case hexadecimal; only when it was asked for. */
  sha256?: string;
}

export interface Problem {
  code: string;
  message: string;
}

/** An ELF file, or an archive with its ELF members. */
export interface FileFinding extends ElfFacts, FileFacts {
  finding: "file";
  path: string;
  /** For archives: the members that are ELF files. */
  members?: ({ name: string } & Pick<ElfFacts, "kind" | "signatures" | "buildId">)[];
  /** Malformed notes: each ended its own list, the rest of the file was read. */
  problems: Problem[];
}

/** A file or directory that could not be read, and why; the scan went on. */
export interface ProblemFinding {
  finding: "problem";
  path: string;
  /**
   * `unreadable` (permission and the like), `vanished` (gone between listing and opening), `changed` (became shorter
   * while it was read), `malformed` (starts as ELF, but lies), `not ELF` and `special` (given by name only).
   */
  problem: "unreadable" | "vanished" | "changed" | "malformed" | "not ELF" | "special" | "directory";
  error: Problem;
}

export type Finding = FileFinding | ProblemFinding;
