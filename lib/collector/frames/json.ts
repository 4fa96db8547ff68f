import type { Conflict, VerifyFinding } from "../../verify/index.js";
import type { ObjectReport, Omissions, Placement, ResourceUsage } from "../../wire/index.js";
import type { Delivery } from "./delivery.js";

/*
 * The JSON objects that the live stream and /api/v1 share. Texts are reversible text, times are UTC, unknown values are null,
 * and integers that a JavaScript number cannot hold exactly are decimal text.
 */

export type JsonInteger = number | string;

export interface ObjectJson {
  path: string;
  soname: string | null;
  signatures: readonly string[];
  /** Names of the signatures in the register and the catalogues. */
  software: readonly string[];
  buildId: string | null;
  verdict: string;
  reason: string | null;
  /** With verdict `changed`: the verdict on the file as it is now. */
  compared: string | null;
  /** What the file on disk says; null when it was not read. */
  onDisk: { signatures: readonly string[]; buildId: string | null } | null;
}

/** What a record says about its sender, unverified. */
interface ClaimedJson {
  user: string | null;
  uid: number | null;
  gid: number | null;
  effectiveUid: number | null;
  effectiveGid: number | null;
  host: string | null;
}

/** What the kernel told an agent of a process, beside what the record claims. */
export interface AttestedJson {
  observedBy: string;
  /** Node of the agent. */
  agent: string;
  uid: number | null;
  gid: number | null;
  /** In the pid namespace of the agent. */
  pid: number | null;
  /** Inode of its own pid namespace, and its pid there; null in that of the agent. */
  pidNamespace: JsonInteger | null;
  innerPid: number | null;
  cgroup: string | null;
  /** It ran before the agent did, or its exec was lost. */
  existed: boolean | null;
}

/** The same of its end. CPU times in microseconds, resident memory in kibibytes, storage in bytes. */
export interface AttestedEndJson {
  observedBy: string;
  agent: string;
  /** exit, exec or lost; null when unknown. */
  by: string | null;
  status: number | null;
  signal: number | null;
  coreDumped: boolean | null;
  usage: {
    userTime: JsonInteger;
    systemTime: JsonInteger;
    maxResident: JsonInteger;
    readBytes: JsonInteger;
    writtenBytes: JsonInteger;
    threads: number;
    isLowerBound: boolean;
  } | null;
  /** Processes that it forked and that executed nothing. */
  forks: {
    ended: JsonInteger;
    killed: JsonInteger;
    failed: JsonInteger;
    userTime: JsonInteger;
    systemTime: JsonInteger;
  } | null;
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
  /** Arguments joined by spaces, from clients that send only these. */
  commandLine: string | null;
  environment: readonly string[];
  modules: readonly string[];
  placement: Nullable<Placement>;
  container: string | null;
  libraryPath: string | null;
  preload: string | null;
  omitted: Omissions | null;
  /** Null when no agent delivered the record. */
  attested: AttestedJson | null;
  program: ObjectJson;
  objects: ObjectJson[];
}

export interface EndJson {
  ended: string | null;
  /** CPU times in milliseconds, sizes in kibibytes. */
  usage: { [K in keyof ResourceUsage]: JsonInteger };
  unloadedObjects: JsonInteger | null;
  omitted: Pick<Omissions, "objects" | "signatures"> | null;
  attested: AttestedEndJson | null;
  /** Objects that were loaded after the start. */
  objects: ObjectJson[];
}

/** A message of the live stream. */
export interface StreamedProcess extends ProcessJson {
  type: "process";
  /** Position of this frame in a record that was sent in several. */
  part: { index: number; totalObjects: number } | null;
  conflicts: readonly Conflict[];
}

/** Names of software by signature. */
export interface Naming {
  /** Changes whenever a name may have changed. */
  readonly version: number;
  names(signature: string): readonly string[];
}

export const attestedJson = ({ observedBy, agent, attested }: Delivery): AttestedJson => ({
  observedBy,
  agent,
  uid: attested?.uid ?? null,
  gid: attested?.gid ?? null,
  pid: attested?.pid ?? null,
  pidNamespace: attested?.pidNamespace === undefined ? null : jsonInteger(attested.pidNamespace),
  innerPid: attested?.innerPid ?? null,
  cgroup: attested?.cgroup ?? null,
  existed: attested?.existed ?? null,
});

export function objectJson(report: ObjectReport, finding: VerifyFinding, naming: Naming): ObjectJson {
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

/** The names of an object's signatures, each once. */
export function softwareOf(signatures: readonly string[], naming: Naming): readonly string[] {
  if (signatures.length === 0) return NO_SOFTWARE;
  return [...new Set(signatures.flatMap((signature) => naming.names(signature)))];
}

const NO_SOFTWARE: readonly string[] = [];

/** The last second that was formatted: most times that are formatted in a row lie in the same one. */
let formatted = { second: Number.NaN, text: "" };

/** Nanoseconds since the epoch as ISO 8601 in UTC, with all nine digits. */
export function isoTime(nanoseconds: bigint): string {
  let second = Number(nanoseconds / 1_000_000_000n);
  let fraction = nanoseconds % 1_000_000_000n;
  if (fraction < 0n) {
    second -= 1;
    fraction += 1_000_000_000n;
  }
  if (second !== formatted.second) formatted = { second, text: new Date(second * 1000).toISOString().slice(0, -4) };
  return `${formatted.text}${`${fraction}`.padStart(9, "0")}Z`;
}

export const isoTimeOrNull = (nanoseconds: bigint | null): string | null =>
  nanoseconds === null ? null : isoTime(nanoseconds);

/** A number where JavaScript can hold it exactly, decimal text otherwise. */
export function jsonInteger(value: bigint): JsonInteger {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
