import type { Batch } from "../../database/schema.js";
import type { AmendmentRecord, CollectedRecord, EndRecord, StartRecord } from "../../frames/record.js";
import { TimeSlice } from "../../shared/time-slice.js";
import type { Known, Numbers } from "../protocol.js";
import { BatchRows } from "./batch-rows.js";
import { Dictionary } from "./dictionary.js";

/** Turns records into the rows of a batch. */
export class BatchBuilder {
  readonly #numbers: Numbers;
  readonly #rows = new BatchRows();
  readonly #dictionary: Dictionary;

  constructor(numbers: Numbers, known: Known) {
    this.#numbers = { ...numbers };
    this.#dictionary = new Dictionary(this.#numbers, known, this.#rows.append);
  }

  /** In slices of time: a record may have thousands of objects. Batches are built one after the other. */
  async build(records: readonly CollectedRecord[]): Promise<Batch> {
    const slice = new TimeSlice();
    for (const record of records) {
      if (slice.isOver) await slice.pause();
      if (record.kind === "start") this.#start(record);
      else if (record.kind === "end") this.#end(record);
      else if (record.kind === "amendment") this.#amendment(record);
      else {
        this.#rows.append("job_event", {
          job: record.message.job,
          kind: record.message.type === "job-start" ? "start" : "end",
          happened: record.message.time.nanoseconds,
          received: nanoseconds(record.receivedAt),
          sequence: this.#next(),
        });
      }
    }
    return this.#rows.take();
  }

  /** After a batch was lost: values that it held are stored again. */
  forget(): void {
    this.#dictionary.clear();
  }

  #start({ message, uuid, receivedAt, program, objects }: StartRecord): void {
    const list = this.#dictionary.objectList(message.objects, objects);
    if (message.part !== undefined && message.part.index > 0) {
      this.#rows.append("process_part", {
        uuid,
        part: message.part.index,
        objects: list,
        sequence: this.#next(),
        received: nanoseconds(receivedAt),
      });
      return;
    }
    const { placement, omitted } = message;
    this.#rows.append("process", {
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
      environment: this.#dictionary.textList(message.environment),
      modules: this.#dictionary.modules(message.modules),
      program: this.#dictionary.finding(message.program, program),
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
    this.#rows.append("process_end", {
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
      objects: this.#dictionary.objectList(message.objects, objects),
      unloaded_objects: message.unloadedObjects ?? null,
      sequence: this.#next(),
    });
  }

  #amendment({ of, program, objects, receivedAt }: AmendmentRecord): void {
    this.#rows.append("amendment", {
      uuid: of.uuid,
      record: of.record,
      part: of.part,
      program: of.program === undefined || program === undefined ? null : this.#dictionary.finding(of.program, program),
      objects: this.#dictionary.objectList(of.objects, objects),
      received: nanoseconds(receivedAt),
      sequence: this.#next(),
    });
  }

  #next(): bigint {
    return BigInt(++this.#numbers.sequence);
  }
}

const nanoseconds = (milliseconds: number) => BigInt(milliseconds) * 1_000_000n;
