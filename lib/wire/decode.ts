import { bytesToText } from "../text/escape.js";
import { BoundedMap } from "./bounded-map.js";
import { type Frame, MESSAGE_TYPE, type Violation } from "./frame.js";
import { ogrt } from "./generated/ogrt.js";
import { elementsOf, keyOf, type RawList, splitLists } from "./lists.js";
import type { JobEvent, Message, ObjectReport, ProcessEnd, ProcessStart } from "./messages.js";
import { timeOfNanoseconds, timeOfSecondsOrMilliseconds } from "./time.js";

/** Bytes of raw lists that a decoder remembers per generation. */
const REMEMBERED_LIST_BYTES = 8 * 1024 * 1024;
const UUID_SIZE = 16;
/** What clients send as job when the environment names none. */
const NO_JOB = "UNKNOWN";

/**
 * Decodes frames into messages. Lists and objects that were seen before are not decoded again: records with the same
 * bytes share the same arrays and objects, so callers may compare them by identity, and must not change them.
 */
export class MessageDecoder {
  readonly #objectLists = new BoundedMap<readonly ObjectReport[]>(REMEMBERED_LIST_BYTES, (key) => key.length);
  readonly #moduleLists = new BoundedMap<readonly string[]>(REMEMBERED_LIST_BYTES / 4, (key) => key.length);
  readonly #objects = new BoundedMap<ObjectReport>(REMEMBERED_LIST_BYTES, (key) => key.length);
  // Apart from the objects: their keys are raw bytes, which a made-up program could imitate.
  readonly #programs = new BoundedMap<ObjectReport>(REMEMBERED_LIST_BYTES, (key) => key.length);

  /** The message of a frame, or why it has none. */
  decode(frame: Frame): Message | Violation {
    try {
      switch (frame.type) {
        case MESSAGE_TYPE.processStart:
          return this.#processStart(frame.payload);
        case MESSAGE_TYPE.processEnd:
          return processEnd(frame.payload);
        case MESSAGE_TYPE.jobStart: {
          const { job_id, start_time } = ogrt.JobStart.decode(frame.payload);
          return jobEvent("job-start", job_id, start_time);
        }
        case MESSAGE_TYPE.jobEnd: {
          const { job_id, end_time } = ogrt.JobEnd.decode(frame.payload);
          return jobEvent("job-end", job_id, end_time);
        }
        default:
          return "unknown-type";
      }
    } catch {
      // protobufjs throws RangeError, ProtocolError and Error, all about the bytes.
      return "malformed-payload";
    }
  }

  #processStart(payload: Uint8Array): ProcessStart | Violation {
    const split = splitLists(payload);
    if (split === undefined) return "malformed-payload";
    if (split === "too-many-elements") return split;
    const message = ogrt.ProcessStart.decode(split.rest);
    const has = (field: keyof typeof message) => Object.hasOwn(message, field);

    const exact = has("time_ns") ? timeOfNanoseconds(integer(message.time_ns)) : undefined;
    const time = exact ?? timeOfSecondsOrMilliseconds(integer(message.time));
    if (time === undefined || message.binpath.length === 0) return "malformed-payload";
    if (has("uuid") && message.uuid.length !== UUID_SIZE) return "malformed-payload";

    const text = (field: keyof typeof message) => (has(field) ? bytesToText(message[field] as Uint8Array) : undefined);
    const job = text("job_id");
    const { omitted } = message;
    return {
      type: "process-start",
      uuid: has("uuid") ? formatUuid(message.uuid) : undefined,
      time,
      job: job === NO_JOB || job === "" ? undefined : job,
      user: text("username"),
      uid: has("uid") ? message.uid : undefined,
      gid: has("gid") ? message.gid : undefined,
      host: text("hostname"),
      pid: message.pid,
      parentPid: message.parent_pid,
      workingDirectory: text("cwd"),
      arguments: message.arguments.map(bytesToText),
      commandLine: text("cmdline"),
      environment: message.environment_variables.map(bytesToText),
      modules: this.#modules(split.modules),
      program: this.#program(message),
      objects: this.#objectList(split.objects),
      omitted: omitted
        ? {
            arguments: omitted.arguments ?? 0,
            environment: omitted.environment_variables ?? 0,
            objects: omitted.shared_objects ?? 0,
            modules: omitted.loaded_modules ?? 0,
          }
        : undefined,
      firstSignatureOnly: !has("time_ns"),
    };
  }

  /** The program as an object like the others; found again by what identifies it. */
  #program(message: ogrt.ProcessStart): ObjectReport {
    const report = objectReport(message.binpath, message.signature, message.signatures, message.build_id);
    const key = `${report.path}\0${report.buildId ?? ""}\0${report.signatures.join("\0")}`;
    const known = this.#programs.get(key);
    if (known !== undefined) return known;
    this.#programs.set(key, report);
    return report;
  }

  #objectList(raw: RawList): readonly ObjectReport[] {
    const key = keyOf(raw);
    const known = this.#objectLists.get(key);
    if (known !== undefined) return known;
    const list: ObjectReport[] = [];
    for (const element of elementsOf(raw)) list.push(this.#object(element));
    this.#objectLists.set(key, list);
    return list;
  }

  #object(element: Uint8Array): ObjectReport {
    const key = keyOf([element]);
    const known = this.#objects.get(key);
    if (known !== undefined) return known;
    const { path, signature, signatures, build_id } = ogrt.SharedObject.decode(element);
    const report = objectReport(path, signature, signatures, build_id);
    this.#objects.set(key, report);
    return report;
  }

  #modules(raw: RawList): readonly string[] {
    const key = keyOf(raw);
    const known = this.#moduleLists.get(key);
    if (known !== undefined) return known;
    const list: string[] = [];
    for (const element of elementsOf(raw)) list.push(bytesToText(ogrt.Module.decode(element).name));
    this.#moduleLists.set(key, list);
    return list;
  }
}

function objectReport(
  path: Uint8Array,
  first: Uint8Array,
  all: readonly Uint8Array[],
  buildId: Uint8Array,
): ObjectReport {
  const signatures = all.length > 0 ? all : first.length > 0 ? [first] : [];
  return {
    path: bytesToText(path),
    signatures: signatures.map(bytesToText),
    buildId: buildId.length > 0 ? Buffer.from(buildId).toString("hex") : undefined,
  };
}

function processEnd(payload: Uint8Array): ProcessEnd | Violation {
  const message = ogrt.ProcessEnd.decode(payload);
  if (message.uuid.length !== UUID_SIZE) return "malformed-payload";
  const number = (field: Exclude<keyof ogrt.ProcessEnd, "uuid" | "$unknowns">) => integer(message[field]);
  const time = (field: "time" | "start_time") =>
    Object.hasOwn(message, field) ? timeOfSecondsOrMilliseconds(number(field)) : undefined;
  return {
    type: "process-end",
    uuid: formatUuid(message.uuid),
    time: time("time"),
    startTime: time("start_time"),
    usage: {
      userTime: number("ru_utime"),
      systemTime: number("ru_stime"),
      maxResident: number("ru_maxrss"),
      minorFaults: number("ru_minflt"),
      majorFaults: number("ru_majflt"),
      blocksIn: number("ru_inblock"),
      blocksOut: number("ru_oublock"),
      voluntarySwitches: number("ru_nvcsw"),
      involuntarySwitches: number("ru_nivcsw"),
    },
  };
}

function jobEvent(type: JobEvent["type"], id: Uint8Array, value: Integer64): JobEvent | "malformed-payload" {
  const time = timeOfSecondsOrMilliseconds(integer(value));
  if (id.length === 0 || time === undefined) return "malformed-payload";
  return { type, job: bytesToText(id), time };
}

type Integer64 = ogrt.ProcessStart["time"];

/** protobufjs gives 64-bit numbers as two halves. */
function integer(value: Integer64): bigint {
  if (typeof value === "number") return BigInt(value);
  return (BigInt(value.unsigned ? value.high >>> 0 : value.high) << 32n) | BigInt(value.low >>> 0);
}

/** 16 bytes in the 8-4-4-4-12 spelling. */
function formatUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
