import type { Batch } from "../../database/batch.js";
import type { Delivery } from "../../frames/delivery.js";
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
  /** The last time of reception. */
  #last = { milliseconds: 0, nanoseconds: 0n };

  constructor(numbers: Numbers, known: Known) {
    this.#numbers = { ...numbers };
    this.#dictionary = new Dictionary(this.#numbers, known, this.#rows.append);
  }

  /**
   * In slices of time: a record may have thousands of objects. Batches are built one after the other.
   *
   * @throws RangeError when a value does not fit its column; {@link forget} is next.
   */
  async build(records: readonly CollectedRecord[]): Promise<Batch> {
    const slice = new TimeSlice();
    let [first, last] = [Number.POSITIVE_INFINITY, 0];
    for (const record of records) {
      if (slice.isOver) await slice.pause();
      first = Math.min(first, record.receivedAt);
      last = Math.max(last, record.receivedAt);
      if (record.kind === "start") this.#start(record);
      else if (record.kind === "end") this.#end(record);
      else if (record.kind === "amendment") this.#amendment(record);
      else {
        this.#rows.append("job_event", {
          job: record.message.job,
          kind: record.message.type === "job-start" ? "start" : "end",
          happened: record.message.time.nanoseconds,
          received: this.#received(record.receivedAt),
          sequence: this.#next(),
          cluster: record.message.cluster,
        });
      }
    }
    return this.#rows.take({ records: records.length, sequence: this.#numbers.sequence, first, last });
  }

  /** After a batch was lost: values that it held are stored again. */
  forget(): void {
    this.#dictionary.clear();
    this.#rows.clear();
  }

  #start({ message, uuid, receivedAt, program, objects, delivery }: StartRecord): void {
    const list = this.#dictionary.objectList(message.objects, objects);
    if (message.part !== undefined && message.part.index > 0) {
      this.#rows.append("process_part", {
        uuid,
        part: message.part.index,
        objects: list,
        sequence: this.#next(),
        received: this.#received(receivedAt),
        ...keyOf(delivery),
      });
      return;
    }
    const { placement, omitted } = message;
    const attested = delivery?.attested;
    this.#rows.append("process", {
      uuid,
      started: message.time.nanoseconds,
      received: this.#received(receivedAt),
      job: message.job,
      user_name: message.user,
      uid: message.uid,
      gid: message.gid,
      effective_uid: message.effectiveUid,
      effective_gid: message.effectiveGid,
      host: message.host,
      pid: message.pid,
      parent_pid: message.parentPid,
      directory: message.workingDirectory,
      arguments: message.arguments,
      command_line: message.commandLine,
      environment: this.#dictionary.textList(message.environment),
      modules: this.#dictionary.modules(message.modules),
      program: this.#dictionary.finding(message.program, program),
      objects: list,
      cluster: placement.cluster,
      step: placement.step,
      array_job: placement.arrayJob,
      array_task: placement.arrayTask,
      node: placement.node,
      rank: placement.rank,
      local_rank: placement.localRank,
      container: message.container,
      library_path: message.libraryPath,
      preload: message.preload,
      omitted_arguments: omitted?.arguments,
      omitted_environment: omitted?.environment,
      omitted_objects: omitted?.objects,
      omitted_modules: omitted?.modules,
      omitted_signatures: omitted?.signatures,
      sequence: this.#next(),
      ...keyOf(delivery),
      observed_by: delivery?.observedBy,
      attested_uid: attested?.uid,
      attested_gid: attested?.gid,
      attested_pid: attested?.pid,
      attested_pid_namespace: attested?.pidNamespace,
      attested_inner_pid: attested?.innerPid,
      attested_cgroup: attested?.cgroup,
      attested_existed: flag(attested?.existed),
    });
  }

  #end({ message, receivedAt, objects, delivery }: EndRecord): void {
    const { usage, childrenUsage, omitted } = message;
    const { attested } = delivery ?? {};
    this.#rows.append("process_end", {
      uuid: message.uuid,
      part: message.part?.index ?? 0,
      ended: message.time?.nanoseconds,
      received: this.#received(receivedAt),
      user_time: usage.userTime,
      system_time: usage.systemTime,
      max_resident: usage.maxResident,
      minor_faults: usage.minorFaults,
      major_faults: usage.majorFaults,
      blocks_in: usage.blocksIn,
      blocks_out: usage.blocksOut,
      voluntary_switches: usage.voluntarySwitches,
      involuntary_switches: usage.involuntarySwitches,
      children_user_time: childrenUsage?.userTime,
      children_system_time: childrenUsage?.systemTime,
      children_max_resident: childrenUsage?.maxResident,
      objects: this.#dictionary.objectList(message.objects, objects),
      unloaded_objects: message.unloadedObjects,
      sequence: this.#next(),
      started: message.startTime?.nanoseconds,
      pid: message.pid,
      omitted_objects: omitted?.objects,
      omitted_signatures: omitted?.signatures,
      ...keyOf(delivery),
      observed_by: delivery?.observedBy,
      ended_by: attested?.endedBy,
      exit_status: attested?.exitStatus,
      exit_signal: attested?.exitSignal,
      core_dumped: flag(attested?.coreDumped),
      attested_user_time: attested?.usage?.userTime,
      attested_system_time: attested?.usage?.systemTime,
      attested_max_resident: attested?.usage?.maxResident,
      read_bytes: attested?.usage?.readBytes,
      written_bytes: attested?.usage?.writtenBytes,
      threads: attested?.usage?.threads,
      usage_is_lower_bound: flag(attested?.usage?.isLowerBound),
      forks_ended: attested?.forks?.ended,
      forks_killed: attested?.forks?.killed,
      forks_failed: attested?.forks?.failed,
      forks_user_time: attested?.forks?.userTime,
      forks_system_time: attested?.forks?.systemTime,
    });
  }

  #amendment({ of, program, objects, receivedAt }: AmendmentRecord): void {
    this.#rows.append("amendment", {
      uuid: of.uuid,
      record: of.record,
      part: of.part,
      program: of.program && program && this.#dictionary.finding(of.program, program),
      objects: this.#dictionary.objectList(of.objects, objects),
      received: this.#received(receivedAt),
      sequence: this.#next(),
    });
  }

  #next(): bigint {
    return BigInt(++this.#numbers.sequence);
  }

  /** A time in nanoseconds. Many records in a row were received in the same millisecond. */
  #received(milliseconds: number): bigint {
    if (milliseconds !== this.#last.milliseconds) {
      this.#last = { milliseconds, nanoseconds: BigInt(milliseconds) * 1_000_000n };
    }
    return this.#last.nanoseconds;
  }
}

const keyOf = (delivery: Delivery | undefined) => ({
  agent: delivery?.agent,
  agent_epoch: delivery?.epoch,
  agent_sequence: delivery?.sequence,
});

const flag = (value: boolean | undefined) => (value === undefined ? undefined : Number(value));
