import type { FileIdentity } from "../files/guarded.js";
import type { Verdict } from "../shared/verdicts.js";

/** Why a file was not looked at. */
export type UncheckedReason =
  | "relative-path"
  | "vdso"
  | "memfd"
  | "deleted"
  | "other-host"
  /** From a container, whose paths are its own. */
  | "container"
  /** Below a directory that the site excluded. */
  | "policy"
  | "automount"
  | "overload"
  | "timeout";

/** Why a file that is there could not be read. */
export type UnreadableReason =
  | "permission"
  | "not-regular"
  | "outside-roots"
  | "io-error"
  | "not-elf"
  | "malformed-elf";

/** An object as a process reported it. */
export interface Reported {
  readonly path: string;
  readonly signatures: readonly string[];
  readonly buildId: string | undefined;
}

/** What is known about the process that reported, as far as verdicts depend on it. */
export interface Reporter {
  readonly host: string | undefined;
  /** True when it says that it runs in a container. */
  readonly inContainer?: boolean | undefined;
  /** Latest moment at which the process can have started, in nanoseconds since the epoch. */
  readonly startedBefore: bigint;
  /** True for clients that report only the first signature of each object. */
  readonly firstSignatureOnly: boolean;
}

/** What a file says of itself. */
export interface OnDisk {
  readonly signatures: readonly string[];
  readonly buildId: string | undefined;
  /** Name and version in the file's package note. */
  readonly package?: string | undefined;
  /** As in the section `.comment`. */
  readonly compilers?: readonly string[] | undefined;
}

/** A file that was read: what it is and what it says. */
export interface Examined extends OnDisk {
  readonly state: "read";
  readonly identity: FileIdentity;
}

/** What was found at a reported path. */
export type Found =
  | Examined
  | { readonly state: "missing" }
  | { readonly state: "unreadable"; readonly reason: UnreadableReason }
  | { readonly state: "unchecked"; readonly reason: UncheckedReason };

export interface VerifyFinding {
  readonly verdict: Verdict;
  readonly reason: UncheckedReason | UnreadableReason | undefined;
  /** With verdict `changed`: what the comparison with the changed file says all the same. */
  readonly compared: Verdict | undefined;
  /** What the file on disk says, where it was read. */
  readonly onDisk: OnDisk | undefined;
}
