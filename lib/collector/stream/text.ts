import type { VerifyFinding } from "../../verify/index.js";
import type { ObjectReport } from "../../wire/index.js";
import { isoTime, type Naming, objectJson } from "../frames/json.js";
import type { AmendmentRecord, StartRecord, StreamedRecord } from "../frames/record.js";
import { reporterOf } from "./filter.js";

/*
 * The JSON text of a message of the live stream (StreamedProcess in ../frames/json.ts, StreamedAmendment in lib/client),
 * joined from texts: JSON.stringify of the whole object takes three times as long. Texts that many processes share are
 * cached.
 */

/** The message in two pieces. The second one, with the objects, is the larger one; many messages share its buffer. */
export function streamedText(record: StreamedRecord, naming: Naming): readonly [Buffer, Buffer] {
  const objects = cached(objectLists, record.objects, reporterOf(record).objects, naming, objectsText);
  const head = record.kind === "start" ? headText(record, naming) : amendmentText(record, naming);
  return [Buffer.from(head), objects];
}

function amendmentText({ of, program, conflicts, receivedAt }: AmendmentRecord, naming: Naming): string {
  const own = of.program && program && objectText(of.program, program, naming);
  return (
    `{"type":"amendment","uuid":"${of.uuid}","record":"start","part":${of.part},"job":${text(of.job)},` +
    `"claimed":{"user":${text(of.user)},"host":${text(of.host)}},` +
    `"received":"${isoTime(BigInt(receivedAt) * 1_000_000n)}","program":${own ?? "null"},` +
    `"conflicts":${JSON.stringify(conflicts)},"objects":`
  );
}

function headText(record: StartRecord, naming: Naming): string {
  const { message, program } = record;
  const { placement, omitted, part } = message;
  return (
    `{"type":"process","uuid":"${record.uuid}","started":"${isoTime(message.time.nanoseconds)}",` +
    `"received":"${isoTime(BigInt(record.receivedAt) * 1_000_000n)}","job":${text(message.job)},` +
    `"claimed":{"user":${text(message.user)},"uid":${number(message.uid)},"gid":${number(message.gid)},` +
    `"effectiveUid":${number(message.effectiveUid)},"effectiveGid":${number(message.effectiveGid)},` +
    `"host":${text(message.host)}},"pid":${message.pid},"parentPid":${message.parentPid},` +
    `"workingDirectory":${text(message.workingDirectory)},"arguments":${texts(message.arguments)},` +
    `"commandLine":${text(message.commandLine)},"environment":${texts(message.environment)},` +
    `"modules":${texts(message.modules)},` +
    `"placement":{"cluster":${text(placement.cluster)},"step":${text(placement.step)},` +
    `"arrayJob":${text(placement.arrayJob)},"arrayTask":${text(placement.arrayTask)},` +
    `"node":${text(placement.node)},"rank":${text(placement.rank)},"localRank":${text(placement.localRank)}},` +
    `"container":${text(message.container)},"libraryPath":${text(message.libraryPath)},` +
    `"preload":${text(message.preload)},"omitted":${omitted === undefined ? "null" : JSON.stringify(omitted)},` +
    `"program":${cached(programs, program, message.program, naming, objectText)},` +
    `"part":${part === undefined ? "null" : JSON.stringify(part)},` +
    `"conflicts":${record.conflicts.length === 0 ? "[]" : JSON.stringify(record.conflicts)},"objects":`
  );
}

/** ASCII text without characters that JSON escapes. */
const PLAIN = /^[ !#-[\]-~]*$/;

function text(value: string | undefined): string {
  if (value === undefined) return "null";
  return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
}

function texts(values: readonly string[]): string {
  let list = "";
  for (const value of values) list += list === "" ? text(value) : `,${text(value)}`;
  return `[${list}]`;
}

const number = (value: number | undefined) => (value === undefined ? "null" : `${value}`);

function objectText(report: ObjectReport, finding: VerifyFinding, naming: Naming): string {
  return JSON.stringify(objectJson(report, finding, naming));
}

/** The list of objects, and the brace that ends the record. */
function objectsText(reports: readonly ObjectReport[], findings: readonly VerifyFinding[], naming: Naming): Buffer {
  const list = reports.map((report, index) => objectText(report, findings[index] as VerifyFinding, naming));
  return Buffer.from(`[${list.join()}]}`);
}

/** Text made from reports and their findings, valid until the names of software change. */
interface Cached<R, T> {
  readonly reports: R;
  readonly version: number;
  readonly text: T;
}

const programs = new WeakMap<VerifyFinding, Cached<ObjectReport, string>>();
const objectLists = new WeakMap<readonly VerifyFinding[], Cached<readonly ObjectReport[], Buffer>>();

/** Compares by identity: the verifier gives the same findings for the same reports. */
function cached<F extends object, R, T>(
  cache: WeakMap<F, Cached<R, T>>,
  findings: F,
  reports: R,
  naming: Naming,
  make: (reports: R, findings: F, naming: Naming) => T,
): T {
  const last = cache.get(findings);
  if (last !== undefined && last.reports === reports && last.version === naming.version) return last.text;
  const text = make(reports, findings, naming);
  cache.set(findings, { reports, version: naming.version, text });
  return text;
}
