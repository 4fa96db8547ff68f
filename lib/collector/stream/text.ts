import type { VerifyFinding } from "../../verify/index.js";
import type { ObjectReport } from "../../wire/index.js";
import { attestedJson, isoTime, type Naming, objectJson } from "../frames/json.js";
import type { AmendmentRecord, StartRecord, StreamedRecord } from "../frames/record.js";
import { reporterOf } from "./filter.js";

/*
 * The JSON text of a message of the live stream (StreamedProcess in ../frames/json.ts, StreamedAmendment in lib/client),
 * joined from texts: JSON.stringify of the whole object takes three times as long. Texts that many processes share are
 * cached.
 */

/** The message in two pieces. The second one, with the objects, is the larger one; many messages share it. */
export function streamedText(record: StreamedRecord, naming: Naming): readonly [string, Buffer] {
  const objects = cached(objectLists, record.objects, reporterOf(record).objects, naming, objectsText);
  const head = record.kind === "start" ? headText(record, naming) : amendmentText(record, naming);
  return [head, objects];
}

function amendmentText({ of, program, conflicts, receivedAt }: AmendmentRecord, naming: Naming): string {
  const own = of.program && program && objectText(of.program, program, naming);
  return (
    `{"type":"amendment","uuid":"${of.uuid}","record":"start","part":${of.part},"job":${text(of.job)},` +
    `"cluster":${text(of.placement?.cluster)},"claimed":{"user":${text(of.user)},"host":${text(of.host)}},` +
    `"received":"${receivedText(receivedAt)}","program":${own ?? "null"},` +
    `"conflicts":${JSON.stringify(conflicts)},"objects":`
  );
}

function headText(record: StartRecord, naming: Naming): string {
  const { message, program } = record;
  const { placement, omitted, part } = message;
  return (
    `{"type":"process","uuid":"${record.uuid}","started":"${isoTime(message.time.nanoseconds)}",` +
    `"received":"${receivedText(record.receivedAt)}","job":${text(message.job)},` +
    `"claimed":{"user":${text(message.user)},"uid":${number(message.uid)},"gid":${number(message.gid)},` +
    `"effectiveUid":${number(message.effectiveUid)},"effectiveGid":${number(message.effectiveGid)},` +
    `"host":${text(message.host)}},"pid":${message.pid},"parentPid":${message.parentPid},` +
    `"workingDirectory":${text(message.workingDirectory)},"arguments":${texts(message.arguments)},` +
    `"commandLine":${text(message.commandLine)},"environment":${texts(message.environment)},` +
    `"modules":${modulesText(message.modules)},` +
    `"placement":{"cluster":${text(placement.cluster)},"step":${text(placement.step)},` +
    `"arrayJob":${text(placement.arrayJob)},"arrayTask":${text(placement.arrayTask)},` +
    `"node":${text(placement.node)},"rank":${text(placement.rank)},"localRank":${text(placement.localRank)}},` +
    `"container":${text(message.container)},"libraryPath":${text(message.libraryPath)},` +
    `"preload":${text(message.preload)},"omitted":${omitted === undefined ? "null" : JSON.stringify(omitted)},` +
    `"attested":${record.delivery === undefined ? "null" : JSON.stringify(attestedJson(record.delivery))},` +
    `"program":${cached(objectTexts, program, message.program, naming, objectText)},` +
    `"part":${part === undefined ? "null" : JSON.stringify(part)},` +
    `"conflicts":${record.conflicts.length === 0 ? "[]" : JSON.stringify(record.conflicts)},"objects":`
  );
}

function text(value: string | undefined): string {
  if (value === undefined) return "null";
  return isPlain(value) ? `"${value}"` : JSON.stringify(value);
}

/** Whether a text is ASCII without characters that JSON escapes. For short texts a loop is quicker than an expression. */
function isPlain(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) return false;
  }
  return true;
}

function texts(values: readonly string[]): string {
  let list = "";
  for (const value of values) list += list === "" ? text(value) : `,${text(value)}`;
  return `[${list}]`;
}

/** The last time of reception: many messages in a row have the same. */
let received = { time: Number.NaN, text: "" };

function receivedText(time: number): string {
  if (time !== received.time) received = { time, text: isoTime(BigInt(time) * 1_000_000n) };
  return received.text;
}

/** The decoder gives equal lists as the same array. */
const moduleLists = new WeakMap<readonly string[], string>();

function modulesText(modules: readonly string[]): string {
  let list = moduleLists.get(modules);
  if (list === undefined) {
    list = texts(modules);
    moduleLists.set(modules, list);
  }
  return list;
}

const number = (value: number | undefined) => (value === undefined ? "null" : `${value}`);

function objectText(report: ObjectReport, finding: VerifyFinding, naming: Naming): string {
  return JSON.stringify(objectJson(report, finding, naming));
}

/** The list of objects, and the brace that ends the record. */
function objectsText(reports: readonly ObjectReport[], findings: readonly VerifyFinding[], naming: Naming): Buffer {
  const list = reports.map((report, index) =>
    cached(objectTexts, findings[index] as VerifyFinding, report, naming, objectText),
  );
  return Buffer.from(`[${list.join()}]}`);
}

/** Text made from reports and their findings, valid until the names of software change. */
interface Cached<R, T> {
  readonly reports: R;
  readonly version: number;
  readonly text: T;
}

const objectTexts = new WeakMap<VerifyFinding, Cached<ObjectReport, string>>();
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
