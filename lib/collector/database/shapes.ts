import {
  type AttestedEndJson,
  type AttestedJson,
  type EndJson,
  isoTime,
  isoTimeOrNull,
  jsonInteger,
  type Naming,
  type ObjectJson,
  type ProcessJson,
  softwareOf,
} from "../frames/json.js";
import { items, type StoredRow } from "./rows.js";

/* Rows as the JSON objects that answers and outputs share. */

/** A finding and its object, as {@link OBJECT_COLUMNS} select them. */
export type ObjectRow = Pick<StoredRow<"object">, "path" | "soname" | "signatures" | "build_id"> &
  Pick<StoredRow<"finding">, "verdict" | "reason" | "compared" | "disk_signatures" | "disk_build_id">;
export type ProcessRow = StoredRow<"process"> & { started_ns: bigint; received_ns: bigint };
export type EndRow = StoredRow<"process_end"> & { ended_ns: bigint | null };

/** Columns of a finding `f` on an object `o`. */
export const OBJECT_COLUMNS = `
  o.path, o.soname, o.signatures, o.build_id, f.verdict, f.reason, f.compared, f.disk_signatures, f.disk_build_id`;

/** A process without its lists. */
export function processOf(
  row: ProcessRow,
  uuid: string,
): Omit<ProcessJson, "program" | "objects" | "environment" | "modules"> {
  return {
    uuid,
    started: isoTime(row.started_ns),
    received: isoTime(row.received_ns),
    job: row.job,
    claimed: {
      user: row.user_name,
      uid: row.uid,
      gid: row.gid,
      effectiveUid: row.effective_uid,
      effectiveGid: row.effective_gid,
      host: row.host,
    },
    pid: row.pid,
    parentPid: row.parent_pid,
    workingDirectory: row.directory,
    arguments: items(row.arguments),
    commandLine: row.command_line,
    placement: {
      cluster: row.cluster,
      step: row.step,
      arrayJob: row.array_job,
      arrayTask: row.array_task,
      node: row.node,
      rank: row.rank,
      localRank: row.local_rank,
    },
    container: row.container,
    libraryPath: row.library_path,
    preload: row.preload,
    omitted:
      row.omitted_arguments === null
        ? null
        : {
            arguments: row.omitted_arguments,
            environment: row.omitted_environment ?? 0,
            objects: row.omitted_objects ?? 0,
            modules: row.omitted_modules ?? 0,
            signatures: row.omitted_signatures ?? 0,
          },
    attested: attestedOf(row),
  };
}

function attestedOf(row: ProcessRow): AttestedJson | null {
  if (row.agent === null) return null;
  return {
    observedBy: row.observed_by ?? "",
    agent: row.agent,
    uid: row.attested_uid,
    gid: row.attested_gid,
    pid: row.attested_pid,
    pidNamespace: row.attested_pid_namespace === null ? null : jsonInteger(row.attested_pid_namespace),
    innerPid: row.attested_inner_pid,
    cgroup: row.attested_cgroup,
    existed: flag(row.attested_existed),
  };
}

function attestedEndOf(row: EndRow): AttestedEndJson | null {
  if (row.agent === null) return null;
  const integer = (value: bigint | null) => jsonInteger(value ?? 0n);
  return {
    observedBy: row.observed_by ?? "",
    agent: row.agent,
    by: row.ended_by,
    status: row.exit_status,
    signal: row.exit_signal,
    coreDumped: flag(row.core_dumped),
    usage:
      row.threads === null
        ? null
        : {
            userTime: integer(row.attested_user_time),
            systemTime: integer(row.attested_system_time),
            maxResident: integer(row.attested_max_resident),
            readBytes: integer(row.read_bytes),
            writtenBytes: integer(row.written_bytes),
            threads: row.threads,
            isLowerBound: flag(row.usage_is_lower_bound) ?? false,
          },
    forks:
      row.forks_ended === null
        ? null
        : {
            ended: integer(row.forks_ended),
            killed: integer(row.forks_killed),
            failed: integer(row.forks_failed),
            userTime: integer(row.forks_user_time),
            systemTime: integer(row.forks_system_time),
          },
  };
}

const flag = (value: number | null): boolean | null => (value === null ? null : value !== 0);

/** An end record in one or several parts. The parts differ in their objects only. */
export function endOf(parts: [EndRow, ...EndRow[]], nextList: () => ObjectJson[]): EndJson {
  const [first] = parts;
  const integer = (value: bigint | null) => jsonInteger(value ?? 0n);
  return {
    ended: isoTimeOrNull(first.ended_ns),
    usage: {
      userTime: integer(first.user_time),
      systemTime: integer(first.system_time),
      maxResident: integer(first.max_resident),
      minorFaults: integer(first.minor_faults),
      majorFaults: integer(first.major_faults),
      blocksIn: integer(first.blocks_in),
      blocksOut: integer(first.blocks_out),
      voluntarySwitches: integer(first.voluntary_switches),
      involuntarySwitches: integer(first.involuntary_switches),
    },
    unloadedObjects: first.unloaded_objects === null ? null : jsonInteger(first.unloaded_objects),
    omitted:
      first.omitted_objects === null
        ? null
        : { objects: first.omitted_objects, signatures: first.omitted_signatures ?? 0 },
    attested: attestedEndOf(first),
    objects: parts.flatMap(nextList),
  };
}

/** @param naming - without it `software` is empty; outputs look names up later. */
export function objectOf(row: ObjectRow, naming?: Naming): ObjectJson {
  const signatures = items(row.signatures);
  return {
    path: row.path ?? "",
    soname: row.soname,
    signatures,
    buildId: row.build_id,
    verdict: row.verdict ?? "",
    reason: row.reason,
    compared: row.compared,
    software: naming === undefined ? [] : softwareOf(signatures, naming),
    onDisk: row.disk_signatures && { signatures: items(row.disk_signatures), buildId: row.disk_build_id },
  };
}
