import type { WireTime } from "./time.js";

/*
 * Messages as plain objects. Paths, names, arguments and environment are bytes on the wire and reversible text here
 * (lib/text/escape; `textToBytes` restores the bytes). Fields that a client did not send are undefined.
 */

/** An executable or shared object as a process reports it from its own memory. */
export interface ObjectReport {
  readonly path: string;
  /** Texts of all signature notes, in file order and unchecked: not necessarily UUIDs. */
  readonly signatures: readonly string[];
  /** GNU build-id in hexadecimal. */
  readonly buildId: string | undefined;
  /** DT_SONAME. */
  readonly soname: string | undefined;
  /** The signatures could not be read: that there are none says nothing. */
  readonly stampsUnknown?: boolean | undefined;
}

/** Number of elements of each list that a client left out to fit the record into a frame. */
export interface Omissions {
  readonly arguments: number;
  readonly environment: number;
  readonly objects: number;
  readonly modules: number;
  readonly signatures: number;
}

/** A process's place in its cluster and job: the scheduler's variables, unchanged. */
export interface Placement {
  readonly cluster: string | undefined;
  readonly step: string | undefined;
  readonly arrayJob: string | undefined;
  readonly arrayTask: string | undefined;
  readonly node: string | undefined;
  readonly rank: string | undefined;
  readonly localRank: string | undefined;
}

/** One of several frames of a record that does not fit into one: they share the uuid and split the objects in order. */
export interface Part {
  /** From 0. */
  readonly index: number;
  /** Number of objects in all parts. */
  readonly totalObjects: number;
}

/** The root directory of a process, and the mount that it is seen through. */
export interface RootDirectory {
  readonly device: bigint;
  readonly inode: bigint;
  /** Id of the mount as in /proc/PID/mountinfo; undefined where the kernel does not tell it. */
  readonly mountId: bigint | undefined;
}

/** Device and inode of a file on the host of the process. */
export interface FileId {
  readonly device: bigint;
  readonly inode: bigint;
}

export interface ProcessStart {
  readonly type: "process-start";
  /** Identity of this process image. Clients up to 0.5 do not send it. */
  readonly uuid: string | undefined;
  readonly time: WireTime;
  /** Also undefined for the text `UNKNOWN`, which clients send outside jobs. */
  readonly job: string | undefined;
  readonly user: string | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly effectiveUid: number | undefined;
  readonly effectiveGid: number | undefined;
  readonly host: string | undefined;
  readonly pid: number;
  readonly parentPid: number;
  readonly workingDirectory: string | undefined;
  readonly arguments: readonly string[];
  /** Arguments joined by spaces, from clients that do not send a list. */
  readonly commandLine: string | undefined;
  /** `NAME=VALUE` each. */
  readonly environment: readonly string[];
  readonly modules: readonly string[];
  readonly program: ObjectReport;
  /** The program's file. */
  readonly programFile?: FileId | undefined;
  /** Clients before this field do not send it. */
  readonly root?: RootDirectory | undefined;
  /** Objects that the loader mapped besides the program, in load order. */
  readonly objects: readonly ObjectReport[];
  readonly placement: Placement;
  /** Hint that the process runs in a container: `NAME=VALUE` of the runtime's variable. */
  readonly container: string | undefined;
  /** The loader's LD_LIBRARY_PATH and LD_PRELOAD at start. */
  readonly libraryPath: string | undefined;
  readonly preload: string | undefined;
  readonly omitted: Omissions | undefined;
  /** Undefined when one frame holds the whole record. */
  readonly part: Part | undefined;
  /** True for clients that report only the first signature of each object. */
  readonly firstSignatureOnly: boolean;
}

/** getrusage(2) of a process. Times in milliseconds, sizes in kibibytes. */
export interface ResourceUsage {
  readonly userTime: bigint;
  readonly systemTime: bigint;
  readonly maxResident: bigint;
  readonly minorFaults: bigint;
  readonly majorFaults: bigint;
  readonly blocksIn: bigint;
  readonly blocksOut: bigint;
  readonly voluntarySwitches: bigint;
  readonly involuntarySwitches: bigint;
}

export interface ProcessEnd {
  readonly type: "process-end";
  readonly uuid: string;
  readonly time: WireTime | undefined;
  readonly startTime: WireTime | undefined;
  readonly pid: number | undefined;
  readonly usage: ResourceUsage;
  /** Usage of waited-for children; undefined from clients that do not report it. */
  readonly childrenUsage: Pick<ResourceUsage, "userTime" | "systemTime" | "maxResident"> | undefined;
  /** Objects loaded after the start and still loaded at the end, in load order. */
  readonly objects: readonly ObjectReport[];
  /** Number of objects that were unloaded before the end. Undefined when the client does not know it. */
  readonly unloadedObjects: bigint | undefined;
  readonly omitted: Omissions | undefined;
  readonly part: Part | undefined;
}

export interface JobEvent {
  readonly type: "job-start" | "job-end";
  readonly job: string;
  /** Clients before this field do not send it. */
  readonly cluster?: string | undefined;
  readonly time: WireTime;
}

export type Message = ProcessStart | ProcessEnd | JobEvent;
