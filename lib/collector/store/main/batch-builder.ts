import { BoundedMap } from "../../../shared/bounded-map.js";
import type { Finding } from "../../../verify/index.js";
import type { ObjectReport } from "../../../wire/index.js";
import { type Batch, type Columns, type Row, TABLES, type TableName } from "../../database/schema.js";
import type { CollectedRecord, EndRecord, StartRecord } from "../../frames/record.js";
import type { Known, KnownFinding, KnownObject, Numbers } from "../protocol.js";

/** Characters of keys that are remembered of each kind, per generation; what is forgotten is stored once more. */
const REMEMBERED = 8 * 1024 * 1024;
/** What an entry takes besides its key. */
const OVERHEAD = 64;
/** The empty list: it has no rows. */
const EMPTY_LIST = 0;

/**
 * Turns records into rows. What was stored before is pointed at by its number, the rest gets a number and rows of its
 * own in the same batch.
 */
export class BatchBuilder {
  readonly #numbers: Numbers;
  readonly #objects = numbersByKey();
  readonly #findings = numbersByKey();
  readonly #objectLists = numbersByKey();
  readonly #textLists = numbersByKey();
  /** Shortcut past the keys: the pipeline hands out the same object and finding again and again. */
  #pairs = new WeakMap<ObjectReport, { finding: Finding; number: number }>();
  /** The same shortcut for whole lists: findings that are the same array belong to the same objects. */
  #lists = new WeakMap<readonly Finding[], { objects: readonly ObjectReport[]; number: number }>();
  #moduleLists = new WeakMap<readonly string[], number>();
  #batch: Batch = {};

  constructor(numbers: Numbers, known: Known) {
    this.#numbers = { ...numbers };
    for (const object of known.objects) this.#objects.set(objectKey(object), object.id);
    for (const finding of known.findings) this.#findings.set(findingKey(finding.object, finding), finding.id);
    for (const { list, members } of known.objectLists) this.#objectLists.set(members.join(), list);
    for (const { list, values } of known.textLists) this.#textLists.set(textListKey(values), list);
  }

  build(records: readonly CollectedRecord[]): Batch {
    this.#batch = {};
    for (const record of records) {
      if (record.kind === "start") this.#start(record);
      else if (record.kind === "end") this.#end(record);
      else {
        this.#append("job_event", {
          job: record.message.job,
          kind: record.message.type === "job-start" ? "start" : "end",
          happened: record.message.time.nanoseconds,
          received: nanoseconds(record.receivedAt),
          sequence: this.#next(),
        });
      }
    }
    return this.#batch;
  }

  /** Forgets what was stored: after a batch that was lost, numbers from it must not be pointed at. */
  forget(): void {
    this.#objects.clear();
    this.#findings.clear();
    this.#objectLists.clear();
    this.#textLists.clear();
    this.#pairs = new WeakMap();
    this.#lists = new WeakMap();
    this.#moduleLists = new WeakMap();
  }

  #start({ message, uuid, receivedAt, program, objects }: StartRecord): void {
    const list = this.#objectList(message.objects, objects);
    if (message.part !== undefined && message.part.index > 0) {
      this.#append("process_part", {
        uuid,
        part: message.part.index,
        objects: list,
        sequence: this.#next(),
        received: nanoseconds(receivedAt),
      });
      return;
    }
    const { placement, omitted } = message;
    this.#append("process", {
      uuid,
      started: message.time.nanoseconds,
      received: nanoseconds(receivedAt),
      job: message.job ?? null,
      user_name: message.user ?? null,
      uid: message.uid ?? null,
      gid: message.gid ?? null,
      effective_uid: message.effectiveUid ?? null,
      effective_gid: message.effectiveGid ?? null,
      host: message.host ?? null,
      pid: message.pid,
      parent_pid: message.parentPid,
      directory: message.workingDirectory ?? null,
      arguments: message.arguments,
      command_line: message.commandLine ?? null,
      environment: this.#textList(message.environment),
      modules: this.#modules(message.modules),
      program: this.#finding(message.program, program),
      objects: list,
      cluster: placement.cluster ?? null,
      step: placement.step ?? null,
      array_job: placement.arrayJob ?? null,
      array_task: placement.arrayTask ?? null,
      node: placement.node ?? null,
      rank: placement.rank ?? null,
      local_rank: placement.localRank ?? null,
      container: message.container ?? null,
      library_path: message.libraryPath ?? null,
      preload: message.preload ?? null,
      omitted_arguments: omitted?.arguments ?? null,
      omitted_environment: omitted?.environment ?? null,
      omitted_objects: omitted?.objects ?? null,
      omitted_modules: omitted?.modules ?? null,
      omitted_signatures: omitted?.signatures ?? null,
      sequence: this.#next(),
    });
  }

  #end({ message, receivedAt, objects }: EndRecord): void {
    const { usage, childrenUsage } = message;
    this.#append("process_end", {
      uuid: message.uuid,
      part: message.part?.index ?? 0,
      ended: message.time?.nanoseconds ?? null,
      received: nanoseconds(receivedAt),
      user_time: usage.userTime,
      system_time: usage.systemTime,
      max_resident: usage.maxResident,
      minor_faults: usage.minorFaults,
      major_faults: usage.majorFaults,
      blocks_in: usage.blocksIn,
      blocks_out: usage.blocksOut,
      voluntary_switches: usage.voluntarySwitches,
      involuntary_switches: usage.involuntarySwitches,
      children_user_time: childrenUsage?.userTime ?? null,
      children_system_time: childrenUsage?.systemTime ?? null,
      children_max_resident: childrenUsage?.maxResident ?? null,
      objects: this.#objectList(message.objects, objects),
      unloaded_objects: message.unloadedObjects,
      sequence: this.#next(),
    });
  }

  #next(): bigint {
    return BigInt(++this.#numbers.sequence);
  }

  #objectList(objects: readonly ObjectReport[], findings: readonly Finding[]): number {
    if (objects.length === 0) return EMPTY_LIST;
    const memo = this.#lists.get(findings);
    if (memo !== undefined && memo.objects === objects) return memo.number;
    const number = this.#keyedObjectList(objects, findings);
    this.#lists.set(findings, { objects, number });
    return number;
  }

  #keyedObjectList(objects: readonly ObjectReport[], findings: readonly Finding[]): number {
    const members: number[] = new Array(objects.length);
    for (let index = 0; index < objects.length; index++) {
      members[index] = this.#finding(objects[index] as ObjectReport, findings[index] as Finding);
    }
    const key = members.join();
    const known = this.#objectLists.get(key);
    if (known !== undefined) return known;
    const list = ++this.#numbers.objectList;
    this.#objectLists.set(key, list);
    for (const [position, finding] of members.entries()) this.#append("object_list", { list, position, finding });
    return list;
  }

  /** Like object lists, module lists come as the same array again and again. */
  #modules(values: readonly string[]): number {
    let number = this.#moduleLists.get(values);
    if (number === undefined) {
      number = this.#textList(values);
      this.#moduleLists.set(values, number);
    }
    return number;
  }

  #textList(values: readonly string[]): number {
    if (values.length === 0) return EMPTY_LIST;
    const key = textListKey(values);
    const known = this.#textLists.get(key);
    if (known !== undefined) return known;
    const list = ++this.#numbers.textList;
    this.#textLists.set(key, list);
    for (const [position, value] of values.entries()) this.#append("text_list", { list, position, value });
    return list;
  }

  #finding(report: ObjectReport, finding: Finding): number {
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

  #append<T extends TableName>(table: T, row: Row<T>): void {
    const names = COLUMN_NAMES[table];
    let columns: Columns | undefined = this.#batch[table];
    if (columns === undefined) {
      columns = names.map(() => []);
      this.#batch[table] = columns;
    }
    for (let index = 0; index < names.length; index++) {
      columns[index]?.push((row as Record<string, Row<T>[keyof Row<T>]>)[names[index] as string] ?? null);
    }
  }
}

const COLUMN_NAMES = Object.fromEntries(
  Object.entries(TABLES).map(([table, columns]) => [table, Object.keys(columns)]),
) as Record<TableName, string[]>;

// No text holds a NUL (lib/text writes it as \x00), so that it can stand between the parts of a key.
const textListKey = (values: readonly string[]) => values.join("\0");

function objectKey({ path, soname, buildId, signatures }: Omit<KnownObject, "id">): string {
  return `${path}\0${soname ?? ""}\0${buildId ?? ""}\0${signatures.join("\0")}`;
}

function findingKey(object: number, finding: Omit<KnownFinding, "id" | "object">): string {
  const { verdict, reason, compared, onDisk } = finding;
  const disk = onDisk === undefined ? "" : `\0${onDisk.buildId ?? ""}\0${onDisk.signatures.join()}`;
  return `${object}\0${verdict}\0${reason ?? ""}\0${compared ?? ""}${disk}`;
}

const nanoseconds = (milliseconds: number) => BigInt(milliseconds) * 1_000_000n;

const numbersByKey = () => new BoundedMap<number>(REMEMBERED, (key) => key.length + OVERHEAD);
