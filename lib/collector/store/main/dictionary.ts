import { BoundedMap, ENTRY_OVERHEAD } from "../../../shared/bounded-map.js";
import type { VerifyFinding } from "../../../verify/index.js";
import type { ObjectReport } from "../../../wire/index.js";
import type { Known, KnownFinding, KnownObject, Numbers } from "../protocol.js";
import type { AppendRow } from "./batch-rows.js";

/** Characters of the keys of one kind, per generation. A value whose key was dropped is stored once more. */
const MAX_KEY_CHARACTERS = 8 * 1024 * 1024;
/** The empty list has no rows. */
const EMPTY_LIST = 0;

/**
 * Numbers of objects, findings and lists. A value that was stored before keeps its number; a new one gets the next number and
 * its rows.
 */
export class Dictionary {
  readonly #numbers: Numbers;
  readonly #append: AppendRow;
  readonly #objects = numbersByKey();
  readonly #findings = numbersByKey();
  readonly #objectLists = numbersByKey();
  readonly #textLists = numbersByKey();
  /** Shortcuts past the keys: the pipeline passes the same objects, findings and arrays again and again. */
  #pairs = new WeakMap<ObjectReport, { finding: VerifyFinding; number: number }>();
  #lists = new WeakMap<readonly VerifyFinding[], { objects: readonly ObjectReport[]; number: number }>();
  #moduleLists = new WeakMap<readonly string[], number>();

  /** @param numbers - the highest numbers given out; counted on here. */
  constructor(numbers: Numbers, known: Known, append: AppendRow) {
    this.#numbers = numbers;
    this.#append = append;
    for (const object of known.objects) this.#objects.set(objectKey(object), object.id);
    for (const finding of known.findings) this.#findings.set(findingKey(finding.object, finding), finding.id);
    for (const { list, members } of known.objectLists) this.#objectLists.set(members.join(), list);
    for (const { list, values } of known.textLists) this.#textLists.set(textListKey(values), list);
  }

  /** After a batch was lost: later rows must not refer to numbers that it gave out. */
  clear(): void {
    this.#objects.clear();
    this.#findings.clear();
    this.#objectLists.clear();
    this.#textLists.clear();
    this.#pairs = new WeakMap();
    this.#lists = new WeakMap();
    this.#moduleLists = new WeakMap();
  }

  objectList(objects: readonly ObjectReport[], findings: readonly VerifyFinding[]): number {
    if (objects.length === 0) return EMPTY_LIST;
    const memo = this.#lists.get(findings);
    if (memo !== undefined && memo.objects === objects) return memo.number;
    const number = this.#keyedObjectList(objects, findings);
    this.#lists.set(findings, { objects, number });
    return number;
  }

  #keyedObjectList(objects: readonly ObjectReport[], findings: readonly VerifyFinding[]): number {
    const members: number[] = new Array(objects.length);
    for (let index = 0; index < objects.length; index++) {
      members[index] = this.finding(objects[index] as ObjectReport, findings[index] as VerifyFinding);
    }
    const key = members.join();
    const known = this.#objectLists.get(key);
    if (known !== undefined) return known;
    const list = ++this.#numbers.objectList;
    this.#objectLists.set(key, list);
    for (const [position, finding] of members.entries()) this.#append("object_list", { list, position, finding });
    return list;
  }

  /** Module lists repeat as the same array, like object lists. */
  modules(values: readonly string[]): number {
    let number = this.#moduleLists.get(values);
    if (number === undefined) {
      number = this.textList(values);
      this.#moduleLists.set(values, number);
    }
    return number;
  }

  textList(values: readonly string[]): number {
    if (values.length === 0) return EMPTY_LIST;
    const key = textListKey(values);
    const known = this.#textLists.get(key);
    if (known !== undefined) return known;
    const list = ++this.#numbers.textList;
    this.#textLists.set(key, list);
    for (const [position, value] of values.entries()) this.#append("text_list", { list, position, value });
    return list;
  }

  finding(report: ObjectReport, finding: VerifyFinding): number {
    const pair = this.#pairs.get(report);
    if (pair !== undefined && pair.finding === finding) return pair.number;
    const object = this.#object(report);
    const { verdict, reason, compared, onDisk } = finding;
    const key = findingKey(object, finding);
    let number = this.#findings.get(key);
    if (number === undefined) {
      number = ++this.#numbers.finding;
      this.#findings.set(key, number);
      this.#append("finding", {
        id: number,
        object,
        verdict,
        reason: reason ?? null,
        compared: compared ?? null,
        disk_signatures: onDisk?.signatures ?? null,
        disk_build_id: onDisk?.buildId ?? null,
        disk_package: onDisk?.package ?? null,
        disk_compilers: onDisk?.compilers ?? null,
      });
    }
    this.#pairs.set(report, { finding, number });
    return number;
  }

  #object(report: ObjectReport): number {
    const { path, soname, signatures, buildId } = report;
    const key = objectKey(report);
    const known = this.#objects.get(key);
    if (known !== undefined) return known;
    const id = ++this.#numbers.object;
    this.#objects.set(key, id);
    this.#append("object", { id, path, soname: soname ?? null, signatures, build_id: buildId ?? null });
    return id;
  }
}

// No text holds a NUL, which lib/text writes as \x00: it separates the parts of a key.
const textListKey = (values: readonly string[]) => values.join("\0");

function objectKey({ path, soname, buildId, signatures }: Omit<KnownObject, "id">): string {
  return `${path}\0${soname ?? ""}\0${buildId ?? ""}\0${signatures.join("\0")}`;
}

function findingKey(object: number, finding: Omit<KnownFinding, "id" | "object">): string {
  const { verdict, reason, compared, onDisk } = finding;
  const disk = onDisk === undefined ? "" : `\0${onDisk.buildId ?? ""}\0${onDisk.signatures.join()}`;
  return `${object}\0${verdict}\0${reason ?? ""}\0${compared ?? ""}${disk}`;
}

const numbersByKey = () => new BoundedMap<number>(MAX_KEY_CHARACTERS, (key) => key.length + ENTRY_OVERHEAD);
