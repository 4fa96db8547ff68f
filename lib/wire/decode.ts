import { BoundedMap } from "../shared/bounded-map.js";
import { hex, uuidText } from "../shared/hex.js";
import { canonicalUuid } from "../shared/uuid.js";
import { ByBytes } from "./by-bytes.js";
import { type Frame, MESSAGE_TYPE, type Violation } from "./frame.js";
import { ogrt } from "./generated/ogrt.js";
import { elementsOf, MAX_ELEMENTS, PROCESS_END_LISTS, PROCESS_START_LISTS, splitLists } from "./lists.js";
import type {
  JobEvent,
  Message,
  ObjectReport,
  Omissions,
  Part,
  ProcessEnd,
  ProcessStart,
  RootDirectory,
} from "./messages.js";
import { TextTable } from "./text-table.js";
import { timeOfNanoseconds, timeOfSecondsOrMilliseconds } from "./time.js";

/** Approximate bytes of keys and values in one generation of each cache. */
const LIST_CACHE_BYTES = 32 * 1024 * 1024;
const OBJECT_CACHE_BYTES = 16 * 1024 * 1024;
const MODULE_CACHE_BYTES = 4 * 1024 * 1024;
/**
 * Bytes of a cached object, of a cached list and of its elements, besides their content. They dominate for short ones, and
 * include what verification, conflicts, verdict counts and the store remember for as long as the object or list is cached.
 */
const OBJECT_OVERHEAD_BYTES = 1024;
const LIST_OVERHEAD_BYTES = 2048;
const ELEMENT_OVERHEAD_BYTES = 256;
/** Bytes of an argument or a variable besides its content. */
const TEXT_OVERHEAD_BYTES = 64;
/** Clients send a path of at most 4096 bytes (PATH_MAX) and at most 16 signatures of 37 bytes. */
const MAX_OBJECT_BYTES = 16 * 1024;
/** Signatures of one object. */
const MAX_SIGNATURES = 1024;
/** Names of users, hosts and jobs; LOGIN_NAME_MAX and HOST_NAME_MAX are smaller. */
const MAX_NAME_BYTES = 1024;
const MAX_MODULE_BYTES = 4096;
/** All texts of a record but objects and modules, as bytes and as escaped text: the size of a datagram. */
const MAX_TEXT_BYTES = 65_536;
/** Frames of one record. */
const MAX_PARTS = 65_536;
/** Objects in all parts of one record. */
const MAX_TOTAL_OBJECTS = 1_048_576;
const UUID_BYTES = 16;
/** Job that clients send when the environment has no job id. */
const NO_JOB = "UNKNOWN";

/**
 * Decodes frames into messages. Lists and objects are cached by their bytes: messages with the same bytes share arrays and
 * objects, so callers may compare them by identity, and must not change them.
 */
export class MessageDecoder {
  readonly #texts = new TextTable();
  readonly #objectLists = new ByBytes<readonly ObjectReport[]>(LIST_CACHE_BYTES, weightOfList, (bytes) =>
    Array.from(elementsOf(bytes), (element) => this.#objects.get(element)),
  );
  readonly #moduleLists = new ByBytes<readonly string[]>(MODULE_CACHE_BYTES, weightOfList, (bytes) =>
    Array.from(elementsOf(bytes), (element) =>
      this.#texts.text(ogrt.Module.decode(atMost(MAX_MODULE_BYTES, element)).name),
    ),
  );
  readonly #objects = new ByBytes<ObjectReport>(OBJECT_CACHE_BYTES, weightOfObject, (bytes) => {
    const report = objectReport(ogrt.SharedObject.decode(atMost(MAX_OBJECT_BYTES, bytes)), this.#texts);
    // Signatures of one object may be many, and objects too, but not both.
    this.#signatures += report.signatures.length;
    if (this.#signatures > MAX_ELEMENTS) throw new Rejected("too-many-elements");
    return report;
  });
  /** Of the last frame. */
  #madeBefore = 0;
  #elements = 0;
  #signatures = 0;
  readonly #programs = new BoundedMap<ObjectReport>(
    OBJECT_CACHE_BYTES,
    // It is an object and a list of one.
    ({ length }) => weightOfObject(length) + LIST_OVERHEAD_BYTES,
  );

  /**
   * Estimated bytes of memory that the last frame needed for lists, objects and texts which were not cached: what it costs
   * to decode and to store grows with them.
   */
  get lastCost(): number {
    return this.#made() - this.#madeBefore + this.#elements * TEXT_OVERHEAD_BYTES;
  }

  #made(): number {
    return this.#objectLists.made + this.#objects.made + this.#moduleLists.made;
  }

  /** The message in a frame, or why there is none. */
  decode(frame: Frame): Message | Violation {
    this.#madeBefore = this.#made();
    this.#elements = 0;
    this.#signatures = 0;
    try {
      switch (frame.type) {
        case MESSAGE_TYPE.processStart:
          return this.#processStart(frame.payload);
        case MESSAGE_TYPE.processEnd:
          return this.#processEnd(frame.payload);
        case MESSAGE_TYPE.jobStart: {
          const { job_id, start_time } = ogrt.JobStart.decode(atMost(MAX_TEXT_BYTES, frame.payload));
          return jobEvent("job-start", this.#name(job_id), start_time);
        }
        case MESSAGE_TYPE.jobEnd: {
          const { job_id, end_time } = ogrt.JobEnd.decode(atMost(MAX_TEXT_BYTES, frame.payload));
          return jobEvent("job-end", this.#name(job_id), end_time);
        }
        default:
          return "unknown-type";
      }
    } catch (error) {
      if (error instanceof Rejected) return error.violation;
      // protobufjs throws RangeError, ProtocolError and Error, all about the bytes.
      return "malformed-payload";
    }
  }

  #processStart(payload: Uint8Array): ProcessStart | Violation {
    const split = splitLists(payload, PROCESS_START_LISTS);
    if (split === undefined) return "malformed-payload";
    if (split === "too-many-elements") return split;
    this.#elements = split.elements;
    const message = ogrt.ProcessStart.decode(atMost(MAX_TEXT_BYTES, split.rest));
    // Absent fields are on the prototype, with protobuf's default values.
    const has = (field: keyof typeof message) => Object.hasOwn(message, field);

    const exact = has("time_ns") ? timeOfNanoseconds(integer(message.time_ns)) : undefined;
    const time = exact ?? timeOfSecondsOrMilliseconds(integer(message.time));
    if (time === undefined || message.binpath.length === 0) return "malformed-payload";
    if (has("uuid") && message.uuid.length !== UUID_BYTES) return "malformed-payload";

    const text = (field: keyof typeof message) =>
      has(field) ? this.#texts.text(message[field] as Uint8Array) : undefined;
    const name = (field: keyof typeof message) => (has(field) ? this.#name(message[field] as Uint8Array) : undefined);
    const job = name("job_id");
    const texts = (list: Uint8Array[]) => {
      const all = list.map((bytes) => this.#texts.text(bytes));
      if (all.reduce((sum, { length }) => sum + length, 0) > MAX_TEXT_BYTES) throw new Rejected("too-long");
      return all;
    };
    return {
      type: "process-start",
      uuid: has("uuid") ? uuidText(message.uuid) : undefined,
      time,
      job: job === NO_JOB || job === "" ? undefined : job,
      user: name("username"),
      uid: has("uid") ? message.uid : undefined,
      gid: has("gid") ? message.gid : undefined,
      effectiveUid: has("euid") ? message.euid : undefined,
      effectiveGid: has("egid") ? message.egid : undefined,
      host: name("hostname"),
      pid: message.pid,
      parentPid: message.parent_pid,
      workingDirectory: text("cwd"),
      arguments: texts(message.arguments),
      commandLine: text("cmdline"),
      environment: texts(message.environment_variables),
      modules: this.#moduleLists.get(split.modules),
      program: this.#program(message),
      programFile: has("binpath_inode")
        ? { device: integer(message.binpath_device), inode: integer(message.binpath_inode) }
        : undefined,
      root: has("root_inode") ? rootDirectory(message, has("root_mount_id")) : undefined,
      objects: this.#objectLists.get(split.objects),
      placement: {
        cluster: name("cluster"),
        step: name("step_id"),
        arrayJob: name("array_job_id"),
        arrayTask: name("array_task_id"),
        node: name("node_id"),
        rank: name("rank"),
        localRank: name("local_rank"),
      },
      container: text("container"),
      libraryPath: text("ld_library_path"),
      preload: text("ld_preload"),
      omitted: omissions(message.omitted),
      part: has("part") ? part(message.part, message.shared_objects_total) : undefined,
      firstSignatureOnly: !has("time_ns"),
    };
  }

  #name(bytes: Uint8Array): string {
    return this.#texts.text(atMost(MAX_NAME_BYTES, bytes));
  }

  /** The program as an object report, cached by its identity. */
  #program(message: ogrt.ProcessStart): ObjectReport {
    const report = objectReport(
      {
        path: message.binpath,
        signature: message.signature,
        signatures: message.signatures,
        build_id: message.build_id,
        soname: EMPTY,
      },
      this.#texts,
    );
    const key = `${report.path}\0${report.buildId ?? ""}\0${report.signatures.join("\0")}`;
    const known = this.#programs.get(key);
    if (known !== undefined) return known;
    this.#programs.set(key, report);
    return report;
  }

  #processEnd(payload: Uint8Array): ProcessEnd | Violation {
    const split = splitLists(payload, PROCESS_END_LISTS);
    if (split === undefined) return "malformed-payload";
    if (split === "too-many-elements") return split;
    const message = ogrt.ProcessEnd.decode(atMost(MAX_TEXT_BYTES, split.rest));
    if (message.uuid.length !== UUID_BYTES) return "malformed-payload";
    const has = (field: keyof typeof message) => Object.hasOwn(message, field);
    const time = (exact: "time_ns" | "start_time_ns", coarse: "time" | "start_time") => {
      if (has(exact)) return timeOfNanoseconds(integer(message[exact]));
      return has(coarse) ? timeOfSecondsOrMilliseconds(integer(message[coarse])) : undefined;
    };
    return {
      type: "process-end",
      uuid: uuidText(message.uuid),
      time: time("time_ns", "time"),
      startTime: time("start_time_ns", "start_time"),
      pid: has("pid") ? message.pid : undefined,
      usage: {
        userTime: integer(message.ru_utime),
        systemTime: integer(message.ru_stime),
        maxResident: integer(message.ru_maxrss),
        minorFaults: integer(message.ru_minflt),
        majorFaults: integer(message.ru_majflt),
        blocksIn: integer(message.ru_inblock),
        blocksOut: integer(message.ru_oublock),
        voluntarySwitches: integer(message.ru_nvcsw),
        involuntarySwitches: integer(message.ru_nivcsw),
      },
      childrenUsage: has("children_utime")
        ? {
            userTime: integer(message.children_utime),
            systemTime: integer(message.children_stime),
            maxResident: integer(message.children_maxrss),
          }
        : undefined,
      objects: this.#objectLists.get(split.objects),
      unloadedObjects: has("unloaded_objects") ? integer(message.unloaded_objects) : undefined,
      omitted: omissions(message.omitted),
      part: has("part") ? part(message.part, message.loaded_objects_total) : undefined,
    };
  }
}

const EMPTY = new Uint8Array(0);

/** Rejects a message, from anywhere below {@link MessageDecoder.decode}. */
class Rejected extends Error {
  readonly violation: Violation;

  constructor(violation: Violation) {
    super(violation);
    this.violation = violation;
  }
}

function atMost(limit: number, bytes: Uint8Array): Uint8Array {
  if (bytes.length > limit) throw new Rejected("too-long");
  return bytes;
}

/** An escaped byte takes four characters; most texts use one byte per character, some two. */
const weightOfObject = (bytes: number) => bytes * 4 + OBJECT_OVERHEAD_BYTES;
const weightOfList = (bytes: number, list: readonly unknown[]) =>
  bytes * 4 + LIST_OVERHEAD_BYTES + ELEMENT_OVERHEAD_BYTES * list.length;

type RawObject = Pick<ogrt.SharedObject, "path" | "signature" | "signatures" | "build_id" | "soname">;

function objectReport(raw: RawObject, texts: TextTable): ObjectReport {
  const { path, signatures, build_id, soname } = raw;
  const all = signatures.length > 0 ? signatures : raw.signature.length > 0 ? [raw.signature] : [];
  if (all.length > MAX_SIGNATURES) throw new Rejected("too-many-elements");
  if (path.length + soname.length + build_id.length > MAX_OBJECT_BYTES) throw new Rejected("too-long");
  for (const text of all) atMost(MAX_NAME_BYTES, text);
  return {
    path: texts.text(path),
    signatures: all.map((bytes) => signature(texts.text(bytes))),
    buildId: build_id.length > 0 ? hex(build_id) : undefined,
    soname: soname.length > 0 ? texts.text(soname) : undefined,
  };
}

/** Notes may have capitals, as those of the first OGRT. One spelling lets every search find them. */
const signature = (text: string) => canonicalUuid(text) ?? text;

function rootDirectory(message: ogrt.ProcessStart, hasMountId: boolean): RootDirectory {
  return {
    device: integer(message.root_device),
    inode: integer(message.root_inode),
    mountId: hasMountId ? integer(message.root_mount_id) : undefined,
  };
}

function omissions(counts: ogrt.ProcessStart["omitted"]): Omissions | undefined {
  if (!counts) return undefined;
  return {
    arguments: counts.arguments ?? 0,
    environment: counts.environment_variables ?? 0,
    objects: counts.shared_objects ?? 0,
    modules: counts.loaded_modules ?? 0,
    signatures: counts.signatures ?? 0,
  };
}

function part(index: number, totalObjects: number): Part {
  if (index >= MAX_PARTS || totalObjects > MAX_TOTAL_OBJECTS) throw new Rejected("malformed-payload");
  return { index, totalObjects };
}

function jobEvent(type: JobEvent["type"], job: string, value: Integer64): JobEvent | "malformed-payload" {
  const time = timeOfSecondsOrMilliseconds(integer(value));
  if (job === "" || time === undefined) return "malformed-payload";
  return { type, job, time };
}

type Integer64 = ogrt.ProcessStart["time"];

/** protobufjs represents 64-bit numbers as two halves. */
function integer(value: Integer64): bigint {
  if (typeof value === "number") return BigInt(value);
  return (BigInt(value.unsigned ? value.high >>> 0 : value.high) << 32n) | BigInt(value.low >>> 0);
}
