import type { FileIdentity } from "../files/guarded.js";
import type { Verdict } from "../shared/verdicts.js";

/** Why a file was not examined. */
export type UncheckedReason =
  | "relative-path"
  | "vdso"
  | "memfd"
  | "deleted"
  | "other-host"
  /** Reported from a container, which has a separate file system. */
  | "container"
  /** Reported from a mount namespace of its own or below chroot: the file here may be another one. */
  | "mount-namespace"
  /** Below a directory, or in a file system, that the site excluded. */
  | "policy"
  | "automount"
  /** The reporter could not read the signatures, and no build-ids tell. */
  | "stamps-unknown"
  /** The budget of its sender is used up, or too much waits. */
  | "overload"
  /** The file system hangs, or is too slow. */
  | "timeout"
  /** The collector cannot examine files: it lacks processes, descriptors, memory or /proc. */
  | "unavailable"
  /** The record was stored before the file was examined. An amendment follows. */
  | "pending";

/** Why an existing file could not be read. */
export type UnreadableReason =
  | "permission"
  | "not-regular"
  | "outside-roots"
  /** In proc, sysfs or another file system of the kernel that holds no program files. */
  | "pseudo-file-system"
  /** Reading it takes more steps than a limit allows. */
  | "limit-exceeded"
  | "io-error"
  | "not-elf"
  | "malformed-elf";

/** An object as a process reported it. */
export interface Reported {
  readonly path: string;
  readonly signatures: readonly string[];
  readonly buildId: string | undefined;
  /** The signatures could not be read: that there are none says nothing. */
  readonly stampsUnknown?: boolean | undefined;
}

/** What a process of this host has of its own: mounts below the host's root directory, or another root directory. */
export type MountView = "own-mounts" | "other-root";

/** The properties of the reporting process on which verdicts depend. */
export interface Reporter {
  readonly host: string | undefined;
  /** True when it reports that it runs in a container. */
  readonly inContainer?: boolean | undefined;
  /** Undefined when it sees the files of its host, or nothing says otherwise. */
  readonly mountView?: MountView | undefined;
  /** Its executable; only needed with `mountView`. */
  readonly program?: { readonly path: string; readonly device: bigint; readonly inode: bigint } | undefined;
  /** Latest possible start of the process, in nanoseconds since the epoch. */
  readonly startedBefore: bigint;
  /** True for clients that report only the first signature of each object. */
  readonly firstSignatureOnly: boolean;
}

/** What a file states about its origin. */
export type Provenance = "package" | "compilers";

/** What a file on disk states. */
export interface OnDisk {
  readonly signatures: readonly string[];
  readonly buildId: string | undefined;
  /** Name and version in the file's package note. */
  readonly package?: string | undefined;
  /** Lines of the section `.comment`; empty when it has none, undefined when they are not known. */
  readonly compilers?: readonly string[] | undefined;
  /** What is damaged or exceeds a limit, so that it is missing or incomplete here. */
  readonly unread?: readonly Provenance[] | undefined;
}

/** A file that was read. */
export interface Examined extends OnDisk {
  readonly state: "read";
  /** True if a segment of notes is longer than what processes read of it. */
  readonly hasLongNotes?: boolean | undefined;
  /** True if notes are damaged: some signature may not have been read. */
  readonly hasDamagedNotes?: boolean | undefined;
  readonly identity: FileIdentity;
}

/** Why a file was not read. */
export type NotRead =
  | { readonly state: "missing" }
  | { readonly state: "unreadable"; readonly reason: UnreadableReason }
  | {
      readonly state: "unchecked";
      readonly reason: UncheckedReason;
      /** The mount was avoided. Nothing was learned about this file. */
      readonly isAvoided?: true;
    };

/** What was found at a reported path. */
export type Found = Examined | NotRead;

/** The verdict on a reported object. */
export interface VerifyFinding {
  readonly verdict: Verdict;
  readonly reason: UncheckedReason | UnreadableReason | undefined;
  /** With verdict `changed`: the verdict that the comparison with the changed file gives. */
  readonly compared: Verdict | undefined;
  /** What the file on disk states, if it was read. */
  readonly onDisk: OnDisk | undefined;
}
