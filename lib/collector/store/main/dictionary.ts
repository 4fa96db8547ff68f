import { BoundedMap, ENTRY_OVERHEAD } from "../../../shared/bounded-map.js";
import { groupBy } from "../../../shared/group-by.js";
import type { VerifyFinding } from "../../../verify/index.js";
import type { ObjectReport } from "../../../wire/index.js";
import type { Known, KnownFinding, KnownObject, Numbers } from "../protocol.js";
import type { AppendRow } from "./batch-rows.js";

/** Characters of the keys of lists, and of objects with their findings, per generation. A value whose key was dropped is stored once more. */
const MAX_LIST_KEY_CHARACTERS = 8 * 1024 * 1024;
const MAX_OBJECT_KEY_CHARACTERS = 16 * 1024 * 1024;
/** Findings on one object whose numbers are remembered, the newest. */
const MAX_FINDINGS = 8;
/** The empty list has no rows. */
const EMPTY_LIST = 0;

/** A stored object. Most have one finding or two, so a search among these needs no keys that name the object again. */
interface StoredObject {
  readonly id: number;
  readonly findings: readonly { readonly key: string; readonly number: number }[];
}

/**
 * Numbers of objects, findings and lists. A value that was stored before keeps its number; a new one gets the next number and
 * its rows.
 */
export class Dictionary {
  readonly #numbers: Numbers;
  readonly #append: AppendRow;
  readonly #objects = new BoundedMap<StoredObject>(MAX_OBJECT_KEY_CHARACTERS, weightOfObject);
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
    const findings = groupBy(
      known.findings,
      ({ object }) => object,
      (finding) => ({ key: findingKey(finding), number: finding.id }),
    );
    for (const object of known.objects) {
      const newest = findings.get(object.id)?.slice(-MAX_FINDINGS) ?? [];
      this.#objects.set(objectKey(object), { id: object.id, findings: newest });
    }
    for (const { list, members } of known.objectLists) this.#objectLists.set(members.join(), list);
    for (const { list, values } of known.textLists) this.#textLists.set(textListKey(values), list);
  }

  /** After a batch was lost: later rows must not refer to numbers that it gave out. */
  clear(): void {
    this.#objects.clear();
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
    const objectName = objectKey(report);
    const object = this.#objects.get(objectName) ?? this.#newObject(report);
    const key = findingKey(finding);
    let number = object.findings.find((one) => one.key === key)?.number;
    if (number === undefined) {
      number = this.#newFinding(object.id, finding);
      const findings = [...object.findings.slice(1 - MAX_FINDINGS), { key, number }];
      this.#objects.set(objectName, { id: object.id, findings });
    }
    this.#pairs.set(report, { finding, number });
    return number;
  }

  #newFinding(object: number, { verdict, reason, compared, onDisk }: VerifyFinding): number {
    const id = ++this.#numbers.finding;
    this.#append("finding", {
      id,
      object,
      verdict,
      reason,
      compared,
      disk_signatures: onDisk?.signatures,
      disk_build_id: onDisk?.buildId,
      disk_package: onDisk?.package,
      disk_compilers: onDisk?.compilers,
    });
    return id;
  }

  #newObject({ path, soname, signatures, buildId, stampsUnknown }: ObjectReport): StoredObject {
    const id = ++this.#numbers.object;
    this.#append("object", {
      id,
      path,
      soname,
      signatures,
      build_id: buildId,
      stamps_unknown: stampsUnknown ? 1 : null,
    });
    return { id, findings: [] };
  }
}

// No text holds a NUL, which lib/text writes as \x00: it separates the parts of a key.
const textListKey = (values: readonly string[]) => values.join("\0");

/** Most objects have nothing but a path, which is then the key itself: joining texts takes most of the time. */
function objectKey({ path, soname, buildId, signatures, stampsUnknown }: Omit<KnownObject, "id">): string {
  if (soname === undefined && buildId === undefined && signatures.length === 0 && !stampsUnknown) return path;
  return `${path}\0${soname ?? ""}\0${buildId ?? ""}\0${stampsUnknown ? "?" : signatures.join("\0")}`;
}

function findingKey({ verdict, reason, compared, onDisk }: Omit<KnownFinding, "id" | "object">): string {
  if (reason === undefined && compared === undefined && onDisk === undefined) return verdict;
  const disk = onDisk === undefined ? "" : `\0${onDisk.buildId ?? ""}\0${onDisk.signatures.join()}`;
  return `${verdict}\0${reason ?? ""}\0${compared ?? ""}${disk}`;
}

const weightOfKey = (key: string) => key.length + ENTRY_OVERHEAD;
const weightOfObject = (key: string, { findings }: StoredObject) =>
  findings.reduce((sum, finding) => sum + weightOfKey(finding.key), weightOfKey(key));

const numbersByKey = () => new BoundedMap<number>(MAX_LIST_KEY_CHARACTERS, weightOfKey);
