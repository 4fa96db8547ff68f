import { hex } from "../shared/hex.js";
import { canonicalUuid } from "../shared/uuid.js";
import { ByBytes } from "./by-bytes.js";
import { elementsOf, Fields, MAX_ELEMENTS } from "./fields.js";
import { type Frame, MESSAGE_TYPE, type Violation } from "./frame.js";
import { ogrt } from "./generated/ogrt.js";
import { type Integer64, integer } from "./integers.js";
import { END, END_LAYOUT, START, START_LAYOUT } from "./layouts.js";
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
import { latin1, TextTable } from "./text-table.js";
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
  #ownBytes = 0;
  #elements = 0;
  #signatures = 0;
  readonly #start = new Fields(START_LAYOUT);
  readonly #end = new Fields(END_LAYOUT);
  /** By the bytes of what identifies a program. */
  readonly #programs = new ByBytes<ObjectReport>(OBJECT_CACHE_BYTES, weightOfProgram, () => this.#readProgram());
  /** Place for these bytes. */
  #key = new Uint8Array(1024);

  /**
   * Estimated bytes of memory that the last frame needed for its texts, and for lists and objects which were not cached:
   * what it costs to decode and to store grows with them.
   */
  get lastCost(): number {
    return this.#made() - this.#madeBefore + this.#elements * TEXT_OVERHEAD_BYTES + this.#ownBytes;
  }

  /** Bytes of the last frame without its lists of objects and modules, which messages share. */
  get lastOwnBytes(): number {
    return this.#ownBytes;
  }

  #made(): number {
    return this.#objectLists.made + this.#objects.made + this.#moduleLists.made + this.#programs.made;
  }

  /** The message in a frame, or why there is none. */
  decode(frame: Frame): Message | Violation {
    this.#madeBefore = this.#made();
    this.#elements = 0;
    this.#signatures = 0;
    this.#ownBytes = frame.payload.length;
    try {
      switch (frame.type) {
        case MESSAGE_TYPE.processStart:
          return this.#processStart(frame.payload);
        case MESSAGE_TYPE.processEnd:
          return this.#processEnd(frame.payload);
        case MESSAGE_TYPE.jobStart: {
          const message = ogrt.JobStart.decode(atMost(MAX_TEXT_BYTES, frame.payload));
          return this.#jobEvent("job-start", message, message.start_time);
        }
        case MESSAGE_TYPE.jobEnd: {
          const message = ogrt.JobEnd.decode(atMost(MAX_TEXT_BYTES, frame.payload));
          return this.#jobEvent("job-end", message, message.end_time);
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
    const fields = this.#start;
    const fault = fields.read(payload);
    if (fault !== undefined) return fault;
    this.#elements = fields.elements;
    this.#ownBytes = fields.ownBytes;
    if (fields.ownBytes > MAX_TEXT_BYTES) return "too-long";
    if (!REQUIRED.every((field) => fields.has(field))) return "malformed-payload";

    const hasExact = fields.has(START.exactTime);
    const exact = hasExact ? timeOfNanoseconds(fields.uint64(START.exactTime)) : undefined;
    const time = exact ?? timeOfSecondsOrMilliseconds(fields.int64(START.time));
    const uuid = fields.has(START.uuid) ? fields.bytes(START.uuid) : undefined;
    if (time === undefined || fields.bytes(START.program).length === 0) return "malformed-payload";
    if (uuid !== undefined && uuid.length !== UUID_BYTES) return "malformed-payload";

    const text = (field: number) => (fields.has(field) ? this.#texts.text(fields.bytes(field)) : undefined);
    const name = (field: number) => (fields.has(field) ? this.#name(fields.bytes(field)) : undefined);
    const number = (field: number) => (fields.has(field) ? fields.uint32(field) : undefined);
    const job = name(START.job);
    return {
      type: "process-start",
      uuid: uuid && uuidText(uuid),
      time,
      job: job === NO_JOB || job === "" ? undefined : job,
      user: name(START.user),
      uid: number(START.uid),
      gid: number(START.gid),
      effectiveUid: number(START.effectiveUid),
      effectiveGid: number(START.effectiveGid),
      host: name(START.host),
      pid: fields.int32(START.pid),
      parentPid: fields.int32(START.parentPid),
      workingDirectory: text(START.directory),
      arguments: this.#textList(fields.list(START.arguments)),
      commandLine: text(START.commandLine),
      environment: this.#textList(fields.list(START.environment)),
      modules: this.#moduleLists.get(fields.modules),
      program: this.#program(),
      programFile: fields.has(START.programInode)
        ? { device: fields.uint64(START.programDevice), inode: fields.uint64(START.programInode) }
        : undefined,
      root: fields.has(START.rootInode) ? rootDirectory(fields) : undefined,
      objects: this.#objectLists.get(fields.objects),
      placement: {
        cluster: name(START.cluster) || undefined,
        step: name(START.step),
        arrayJob: name(START.arrayJob),
        arrayTask: name(START.arrayTask),
        node: name(START.node),
        rank: name(START.rank),
        localRank: name(START.localRank),
      },
      container: text(START.container),
      libraryPath: text(START.libraryPath),
      preload: text(START.preload),
      omitted: omissions(fields, START.omitted),
      part: part(fields, START),
      firstSignatureOnly: !hasExact,
    };
  }

  #textList(list: readonly Uint8Array[]): readonly string[] {
    const texts = list.map((bytes) => this.#texts.text(bytes));
    if (texts.reduce((sum, { length }) => sum + length, 0) > MAX_TEXT_BYTES) throw new Rejected("too-long");
    return texts;
  }

  #jobEvent(
    type: JobEvent["type"],
    { job_id, cluster }: ogrt.JobStart | ogrt.JobEnd,
    value: Integer64,
  ): JobEvent | Violation {
    const job = this.#name(job_id);
    const time = timeOfSecondsOrMilliseconds(integer(value));
    if (job === "" || time === undefined) return "malformed-payload";
    return { type, job, cluster: this.#name(cluster) || undefined, time };
  }

  #name(bytes: Uint8Array): string {
    return this.#texts.text(atMost(MAX_NAME_BYTES, bytes));
  }

  /** The program as an object report. */
  #program(): ObjectReport {
    const fields = this.#start;
    const parts = [START.program, START.signature, START.buildId, START.stampsUnknown].map((field) =>
      fields.bytes(field),
    );
    parts.push(...fields.list(START.signatures));
    const size = parts.reduce((sum, { length }) => sum + length + LENGTH_BYTES, 0);
    if (size > this.#key.length) this.#key = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      for (let rest = part.length, byte = 0; byte < LENGTH_BYTES; byte++, rest >>>= 8) this.#key[at++] = rest;
      this.#key.set(part, at);
      at += part.length;
    }
    return this.#programs.get(this.#key.subarray(0, size));
  }

  #readProgram(): ObjectReport {
    const fields = this.#start;
    return objectReport(
      {
        path: fields.bytes(START.program),
        signature: fields.bytes(START.signature),
        signatures: fields.list(START.signatures),
        build_id: fields.bytes(START.buildId),
        soname: EMPTY,
        stamps_unknown: fields.has(START.stampsUnknown) && fields.uint32(START.stampsUnknown) !== 0,
      },
      this.#texts,
    );
  }

  #processEnd(payload: Uint8Array): ProcessEnd | Violation {
    const fields = this.#end;
    const fault = fields.read(payload);
    if (fault !== undefined) return fault;
    this.#ownBytes = fields.ownBytes;
    if (fields.ownBytes > MAX_TEXT_BYTES) return "too-long";
    const uuid = fields.bytes(END.uuid);
    if (uuid.length !== UUID_BYTES) return "malformed-payload";
    const time = (exact: number, coarse: number) => {
      if (fields.has(exact)) return timeOfNanoseconds(fields.uint64(exact));
      return fields.has(coarse) ? timeOfSecondsOrMilliseconds(fields.int64(coarse)) : undefined;
    };
    return {
      type: "process-end",
      uuid: uuidText(uuid),
      time: time(END.exactTime, END.time),
      startTime: time(END.exactStartTime, END.startTime),
      pid: fields.has(END.pid) ? fields.int32(END.pid) : undefined,
      usage: {
        userTime: fields.int64(END.userTime),
        systemTime: fields.int64(END.systemTime),
        maxResident: fields.int64(END.maxResident),
        minorFaults: fields.int64(END.minorFaults),
        majorFaults: fields.int64(END.majorFaults),
        blocksIn: fields.int64(END.blocksIn),
        blocksOut: fields.int64(END.blocksOut),
        voluntarySwitches: fields.int64(END.voluntarySwitches),
        involuntarySwitches: fields.int64(END.involuntarySwitches),
      },
      childrenUsage: fields.has(END.childrenUserTime)
        ? {
            userTime: fields.int64(END.childrenUserTime),
            systemTime: fields.int64(END.childrenSystemTime),
            maxResident: fields.int64(END.childrenMaxResident),
          }
        : undefined,
      objects: this.#objectLists.get(fields.objects),
      unloadedObjects: fields.has(END.unloadedObjects) ? fields.uint64(END.unloadedObjects) : undefined,
      omitted: omissions(fields, END.omitted),
      part: part(fields, END),
    };
  }
}

/** Fields of a start without which it is malformed. */
const REQUIRED = [START.program, START.pid, START.parentPid, START.time] as const;
/** Of a length in the key of a program. */
const LENGTH_BYTES = 3;
const EMPTY = new Uint8Array(0);

const uuidCharacters = new Uint8Array(36);
const DIGITS = "0123456789abcdef";

/** As in shared/hex.ts, which works in browsers and takes five times as long. */
function uuidText(bytes: Uint8Array): string {
  let at = 0;
  for (let index = 0; index < UUID_BYTES; index++) {
    const byte = bytes[index] as number;
    if (index === 4 || index === 6 || index === 8 || index === 10) uuidCharacters[at++] = 0x2d;
    uuidCharacters[at++] = DIGITS.charCodeAt(byte >> 4);
    uuidCharacters[at++] = DIGITS.charCodeAt(byte & 15);
  }
  return latin1(uuidCharacters);
}

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
/** It is an object and a list of one. */
const weightOfProgram = (bytes: number) => weightOfObject(bytes) + LIST_OVERHEAD_BYTES;
const weightOfList = (bytes: number, list: readonly unknown[]) =>
  bytes * 4 + LIST_OVERHEAD_BYTES + ELEMENT_OVERHEAD_BYTES * list.length;

type RawObject = Pick<
  ogrt.SharedObject,
  "path" | "signature" | "signatures" | "build_id" | "soname" | "stamps_unknown"
>;

function objectReport(raw: RawObject, texts: TextTable): ObjectReport {
  const { path, signatures, build_id, soname, stamps_unknown: isUnknown } = raw;
  const all = signatures.length > 0 ? signatures : raw.signature.length > 0 ? [raw.signature] : [];
  if (all.length > MAX_SIGNATURES) throw new Rejected("too-many-elements");
  if (path.length + soname.length + build_id.length > MAX_OBJECT_BYTES) throw new Rejected("too-long");
  for (const text of all) atMost(MAX_NAME_BYTES, text);
  return {
    path: texts.text(path),
    signatures: all.map((bytes) => signature(texts.text(bytes))),
    buildId: build_id.length > 0 ? hex(build_id) : undefined,
    soname: soname.length > 0 ? texts.text(soname) : undefined,
    ...(isUnknown && { stampsUnknown: true }),
  };
}

/** Notes may have capitals, as those of the first OGRT. One spelling lets every search find them. */
const signature = (text: string) => canonicalUuid(text) ?? text;

function rootDirectory(fields: Fields): RootDirectory {
  return {
    device: fields.uint64(START.rootDevice),
    inode: fields.uint64(START.rootInode),
    mountId: fields.has(START.rootMountId) ? fields.uint64(START.rootMountId) : undefined,
  };
}

function omissions(fields: Fields, field: number): Omissions | undefined {
  if (!fields.has(field)) return undefined;
  const counts = ogrt.Omitted.decode(fields.bytes(field));
  return {
    arguments: counts.arguments,
    environment: counts.environment_variables,
    objects: counts.shared_objects,
    modules: counts.loaded_modules,
    signatures: counts.signatures,
  };
}

function part(fields: Fields, numbers: { readonly part: number; readonly totalObjects: number }): Part | undefined {
  if (!fields.has(numbers.part)) return undefined;
  const [index, totalObjects] = [fields.uint32(numbers.part), fields.uint32(numbers.totalObjects)];
  if (index >= MAX_PARTS || totalObjects > MAX_TOTAL_OBJECTS) throw new Rejected("malformed-payload");
  return { index, totalObjects };
}
