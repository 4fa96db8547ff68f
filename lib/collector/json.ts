import type { Conflict, Finding } from "../verify/index.js";
import type { ObjectReport, Omissions, Placement, ResourceUsage } from "../wire/index.js";
import type { StartRecord } from "./record.js";

/*
 * The JSON shapes that the live stream and /api/v1 share. Texts are reversible text, times are UTC, integers that
 * JavaScript can't hold exactly are decimal strings, what is not known is null.
 */

export type JsonInteger = number | string;

export interface ObjectJson {
  path: string;
  soname: string | null;
  signatures: readonly string[];
  /** What the register and the catalogues call the signatures. */
  software: readonly string[];
  buildId: string | null;
  verdict: string;
  reason: string | null;
  /** With verdict `changed`: what the comparison with the changed file says. */
  compared: string | null;
  /** What the file on disk says, where it was read. */
  onDisk: { signatures: readonly string[]; buildId: string | null } | null;
}

/** What the datagram says about its sender; nobody has checked it. */
interface ClaimedJson {
  user: string | null;
  uid: number | null;
  gid: number | null;
  effectiveUid: number | null;
  effectiveGid: number | null;
  host: string | null;
}

type Nullable<T> = { [K in keyof T]: Exclude<T[K], undefined> | null };

export interface ProcessJson {
  uuid: string;
  started: string;
  received: string;
  job: string | null;
  claimed: ClaimedJson;
  pid: number;
  parentPid: number;
  workingDirectory: string | null;
  arguments: readonly string[];
  /** From clients that send their arguments joined by spaces. */
  commandLine: string | null;
  environment: readonly string[];
  modules: readonly string[];
  placement: Nullable<Placement>;
  container: string | null;
  libraryPath: string | null;
  preload: string | null;
  omitted: Omissions | null;
  program: ObjectJson;
  objects: ObjectJson[];
}

export interface EndJson {
  ended: string | null;
  /** CPU times in milliseconds, sizes in kibibytes. */
  usage: { [K in keyof ResourceUsage]: JsonInteger };
  unloadedObjects: JsonInteger;
  /** Objects that were loaded after the start. */
  objects: ObjectJson[];
}

/** A message of the live stream. */
export interface StreamedProcess extends ProcessJson {
  type: "process";
  /** Place of this frame in a record that came in several. */
  part: { index: number; totalObjects: number } | null;
  conflicts: readonly Conflict[];
}

/** Names of software by signature; what is new about them has another version. */
export interface Naming {
  readonly version: number;
  names(signature: string): readonly string[];
}

/**
 * A record as JSON text in two pieces. The second, with the objects, is most of it and the same for all records with
 * the same findings: it is made and held once, however many records are on their way to subscribers.
 */
export function streamedText(record: StartRecord, naming: Naming): readonly [Buffer, Buffer] {
  const head = JSON.stringify(streamedHead(record, naming));
  const objects = objectsText(record.message.objects, record.objects, naming);
  return [Buffer.from(`${head.slice(0, -1)},"objects":`), objects];
}

interface ObjectsText {
  readonly objects: readonly ObjectReport[];
  readonly version: number;
  readonly text: Buffer;
}

const texts = new WeakMap<readonly Finding[], ObjectsText>();

/** The list and the brace that ends the record. */
function objectsText(objects: readonly ObjectReport[], findings: readonly Finding[], naming: Naming): Buffer {
  const known = texts.get(findings);
  if (known !== undefined && known.objects === objects && known.version === naming.version) return known.text;
  const list = objects.map((object, index) => objectJson(object, findings[index] as Finding, naming));
  const text = Buffer.from(`${JSON.stringify(list)}}`);
  texts.set(findings, { objects, version: naming.version, text });
  return text;
}

function streamedHead(record: StartRecord, naming: Naming): Omit<StreamedProcess, "objects"> {
  const { message } = record;
  return {
    type: "process",
    uuid: record.uuid,
    started: isoTime(message.time.nanoseconds),
    received: isoTime(BigInt(record.receivedAt) * 1_000_000n),
    job: message.job ?? null,
    claimed: {
      user: message.user ?? null,
      uid: message.uid ?? null,
      gid: message.gid ?? null,
      effectiveUid: message.effectiveUid ?? null,
      effectiveGid: message.effectiveGid ?? null,
      host: message.host ?? null,
    },
    pid: message.pid,
    parentPid: message.parentPid,
    workingDirectory: message.workingDirectory ?? null,
    arguments: message.arguments,
    commandLine: message.commandLine ?? null,
    environment: message.environment,
    modules: message.modules,
    placement: {
      cluster: message.placement.cluster ?? null,
      step: message.placement.step ?? null,
      arrayJob: message.placement.arrayJob ?? null,
      arrayTask: message.placement.arrayTask ?? null,
      node: message.placement.node ?? null,
      rank: message.placement.rank ?? null,
      localRank: message.placement.localRank ?? null,
    },
    container: message.container ?? null,
    libraryPath: message.libraryPath ?? null,
    preload: message.preload ?? null,
    omitted: message.omitted ?? null,
    program: objectJson(message.program, record.program, naming),
    part: message.part ?? null,
    conflicts: record.conflicts,
  };
}

function objectJson(report: ObjectReport, finding: Finding, naming: Naming): ObjectJson {
  return {
    path: report.path,
    soname: report.soname ?? null,
    signatures: report.signatures,
    software: softwareOf(report.signatures, naming),
    buildId: report.buildId ?? null,
    verdict: finding.verdict,
    reason: finding.reason ?? null,
    compared: finding.compared ?? null,
    onDisk: finding.onDisk ? { signatures: finding.onDisk.signatures, buildId: finding.onDisk.buildId ?? null } : null,
  };
}

/** Names of all signatures of an object, each once. */
export function softwareOf(signatures: readonly string[], naming: Naming): readonly string[] {
  if (signatures.length === 0) return NO_SOFTWARE;
  return [...new Set(signatures.flatMap((signature) => naming.names(signature)))];
}

const NO_SOFTWARE: readonly string[] = [];

/** Nanoseconds since the epoch as ISO 8601 in UTC, with all nine digits. */
export function isoTime(nanoseconds: bigint): string {
  const milliseconds = nanoseconds / 1_000_000n;
  const rest = `${nanoseconds % 1_000_000n}`.padStart(6, "0");
  return `${new Date(Number(milliseconds)).toISOString().slice(0, -1)}${rest}Z`;
}

/** A number where JavaScript holds it exactly, decimal text otherwise. */
export function jsonInteger(value: bigint): JsonInteger {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
