import type { VerifyFinding } from "../../verify/index.js";
import type { ObjectReport } from "../../wire/index.js";
import { isoTime, type Naming, objectJson } from "../frames/json.js";
import type { StartRecord } from "../frames/record.js";

/*
 * The JSON text of a message of the live stream (StreamedProcess in ../json), put together from texts: to make an
 * object first and let JSON.stringify walk it takes three times as long, for every process of the cluster. What many
 * processes have in common is kept as text.
 */

/** A record as text in two pieces; the second, with the objects, is most of it and the same buffer again and again. */
export function streamedText(record: StartRecord, naming: Naming): readonly [Buffer, Buffer] {
  const objects = kept(objectLists, record.objects, record.message.objects, naming, objectsText);
  return [Buffer.from(headText(record, naming)), objects];
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
    `"program":${kept(programs, program, message.program, naming, objectText)},` +
    `"part":${part === undefined ? "null" : JSON.stringify(part)},` +
    `"conflicts":${record.conflicts.length === 0 ? "[]" : JSON.stringify(record.conflicts)},"objects":`
  );
}

/** Nothing that JSON escapes, and nothing but ASCII. */
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

/** The list and the brace that ends the record. */
function objectsText(reports: readonly ObjectReport[], findings: readonly VerifyFinding[], naming: Naming): Buffer {
  const list = reports.map((report, index) => objectText(report, findings[index] as VerifyFinding, naming));
  return Buffer.from(`[${list.join()}]}`);
}

/** What was made of findings and the reports they belong to, until the software's names change. */
interface Kept<R, T> {
  readonly reports: R;
  readonly version: number;
  readonly made: T;
}

const programs = new WeakMap<VerifyFinding, Kept<ObjectReport, string>>();
const objectLists = new WeakMap<readonly VerifyFinding[], Kept<readonly ObjectReport[], Buffer>>();

/** The verifier gives the same findings for the same reports, so both are known by identity. */
function kept<F extends object, R, T>(
  known: WeakMap<F, Kept<R, T>>,
  findings: F,
  reports: R,
  naming: Naming,
  make: (reports: R, findings: F, naming: Naming) => T,
): T {
  const before = known.get(findings);
  if (before !== undefined && before.reports === reports && before.version === naming.version) return before.made;
  const made = make(reports, findings, naming);
  known.set(findings, { reports, version: naming.version, made });
  return made;
}
