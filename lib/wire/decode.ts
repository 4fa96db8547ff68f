import { BoundedMap } from "../shared/bounded-map.js";
import { hex, uuidText } from "../shared/hex.js";
import { ByBytes } from "./by-bytes.js";
import { type Frame, MESSAGE_TYPE, type Violation } from "./frame.js";
import { ogrt } from "./generated/ogrt.js";
import { elementsOf, PROCESS_END_LISTS, PROCESS_START_LISTS, splitLists } from "./lists.js";
import type { JobEvent, Message, ObjectReport, Omissions, Part, ProcessEnd, ProcessStart } from "./messages.js";
import { TextTable } from "./text-table.js";
import { timeOfNanoseconds, timeOfSecondsOrMilliseconds } from "./time.js";

/** Bytes that a decoder remembers of each kind per generation: keys, and roughly what hangs on them. */
const REMEMBERED_LISTS = 32 * 1024 * 1024;
const REMEMBERED_OBJECTS = 16 * 1024 * 1024;
const REMEMBERED_MODULES = 4 * 1024 * 1024;
/** Bytes of a remembered object or text besides its own; made-up ones are short, and then this is what counts. */
const OVERHEAD = 256;
/** A path has at most 4096 bytes (PATH_MAX), and at most 16 signatures of 37 bytes are sent; the rest is room. */
const OBJECT_LIMIT = 16 * 1024;
/** Signatures of one object. */
const SIGNATURE_LIMIT = 1024;
/** Names of users, hosts, jobs and the like; LOGIN_NAME_MAX and HOST_NAME_MAX are below. */
const NAME_LIMIT = 1024;
const MODULE_LIMIT = 4096;
/** All texts of a record but its objects and modules, as bytes and as escaped text: as much as a datagram holds. */
const TEXTS_LIMIT = 65_536;
/** Frames of one record, and objects in all of them. */
const PART_LIMIT = 65_536;
const TOTAL_LIMIT = 1_048_576;
const UUID_SIZE = 16;
/** What clients send as job when the environment names none. */
const NO_JOB = "UNKNOWN";

/**
 * Decodes frames into messages. Lists and objects that were seen before are not decoded again: records with the same
 * bytes share the same arrays and objects, so callers may compare them by identity, and must not change them.
 */
export class MessageDecoder {
  readonly #texts = new TextTable();
  readonly #objectLists = new ByBytes<readonly ObjectReport[]>(REMEMBERED_LISTS, weightOfList, (bytes) =>
    Array.from(elementsOf(bytes), (element) => this.#objects.get(element)),
  );
  readonly #moduleLists = new ByBytes<readonly string[]>(REMEMBERED_MODULES, weightOfList, (bytes) =>
    Array.from(elementsOf(bytes), (element) =>
      this.#texts.text(ogrt.Module.decode(atMost(MODULE_LIMIT, element)).name),
    ),
  );
  readonly #objects = new ByBytes<ObjectReport>(REMEMBERED_OBJECTS, weightOfObject, (bytes) =>
    objectReport(ogrt.SharedObject.decode(atMost(OBJECT_LIMIT, bytes)), this.#texts),
  );
  readonly #programs = new BoundedMap<ObjectReport>(REMEMBERED_OBJECTS, ({ length }) => weightOfObject(length));

  /** The message of a frame, or why it has none. */
  decode(frame: Frame): Message | Violation {
    try {
      switch (frame.type) {
        case MESSAGE_TYPE.processStart:
          return this.#processStart(frame.payload);
        case MESSAGE_TYPE.processEnd:
          return this.#processEnd(frame.payload);
        case MESSAGE_TYPE.jobStart: {
          const { job_id, start_time } = ogrt.JobStart.decode(frame.payload);
          return jobEvent("job-start", this.#name(job_id), start_time);
        }
        case MESSAGE_TYPE.jobEnd: {
          const { job_id, end_time } = ogrt.JobEnd.decode(frame.payload);
          return jobEvent("job-end", this.#name(job_id), end_time);
        }
        default:
          return "unknown-type";
      }
    } catch (error) {
      if (error instanceof Refused) return error.violation;
      // protobufjs throws RangeError, ProtocolError and Error, all about the bytes.
      return "malformed-payload";
    }
  }

  #processStart(payload: Uint8Array): ProcessStart | Violation {
    const split = splitLists(payload, PROCESS_START_LISTS);
    if (split === undefined) return "malformed-payload";
    if (split === "too-many-elements") return split;
    const message = ogrt.ProcessStart.decode(atMost(TEXTS_LIMIT, split.rest));
    // Absent fields stand on the prototype, with protobuf's default values.
    const has = (field: keyof typeof message) => Object.hasOwn(message, field);

    const exact = has("time_ns") ? timeOfNanoseconds(integer(message.time_ns)) : undefined;
    const time = exact ?? timeOfSecondsOrMilliseconds(integer(message.time));
    if (time === undefined || message.binpath.length === 0) return "malformed-payload";
    if (has("uuid") && message.uuid.length !== UUID_SIZE) return "malformed-payload";

    const text = (field: keyof typeof message) =>
      has(field) ? this.#texts.text(message[field] as Uint8Array) : undefined;
    const name = (field: keyof typeof message) => (has(field) ? this.#name(message[field] as Uint8Array) : undefined);
    const job = name("job_id");
    const texts = (list: Uint8Array[]) => {
      const all = list.map((bytes) => this.#texts.text(bytes));
      if (all.reduce((sum, { length }) => sum + length, 0) > TEXTS_LIMIT) throw new Refused("too-long");
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
    return this.#texts.text(atMost(NAME_LIMIT, bytes));
  }

  /** The program as an object like the others; found again by what identifies it. */
  #program(message: ogrt.ProcessStart): ObjectReport {
    const report = objectReport(
      {
        path: message.binpath,
        signature: message.signature,
        signatures: message.signatures,
        build_id: message.build_id,
        soname: NOTHING,
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
    const message = ogrt.ProcessEnd.decode(split.rest);
    if (message.uuid.length !== UUID_SIZE) return "malformed-payload";
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
      unloadedObjects: integer(message.unloaded_objects),
      omitted: omissions(message.omitted),
      part: has("part") ? part(message.part, message.loaded_objects_total) : undefined,
    };
  }
}

const NOTHING = new Uint8Array(0);

/** Says why a message is not taken, from anywhere below {@link MessageDecoder.decode}. */
class Refused extends Error {
  readonly violation: Violation;

  constructor(violation: Violation) {
    super(violation);
    this.violation = violation;
  }
}

function atMost(limit: number, bytes: Uint8Array): Uint8Array {
  if (bytes.length > limit) throw new Refused("too-long");
  return bytes;
}

/** Escaped, bytes take up to four characters, some of them two bytes. */
const weightOfObject = (bytes: number) => bytes * 4 + OVERHEAD;
const weightOfList = (bytes: number, list: readonly unknown[]) => bytes * 4 + OVERHEAD * (list.length + 1);

type RawObject = Pick<ogrt.SharedObject, "path" | "signature" | "signatures" | "build_id" | "soname">;

function objectReport({ path, signature, signatures, build_id, soname }: RawObject, texts: TextTable): ObjectReport {
  const all = signatures.length > 0 ? signatures : signature.length > 0 ? [signature] : [];
  if (all.length > SIGNATURE_LIMIT) throw new Refused("too-many-elements");
  if (path.length + soname.length + build_id.length > OBJECT_LIMIT) throw new Refused("too-long");
  for (const text of all) atMost(NAME_LIMIT, text);
  return {
    path: texts.text(path),
    signatures: all.map((text) => texts.text(text)),
    buildId: build_id.length > 0 ? hex(build_id) : undefined,
    soname: soname.length > 0 ? texts.text(soname) : undefined,
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
  if (index >= PART_LIMIT || totalObjects > TOTAL_LIMIT) throw new Refused("malformed-payload");
  return { index, totalObjects };
}

function jobEvent(type: JobEvent["type"], job: string, value: Integer64): JobEvent | "malformed-payload" {
  const time = timeOfSecondsOrMilliseconds(integer(value));
  if (job === "" || time === undefined) return "malformed-payload";
  return { type, job, time };
}

type Integer64 = ogrt.ProcessStart["time"];

/** protobufjs gives 64-bit numbers as two halves. */
function integer(value: Integer64): bigint {
  if (typeof value === "number") return BigInt(value);
  return (BigInt(value.unsigned ? value.high >>> 0 : value.high) << 32n) | BigInt(value.low >>> 0);
}
