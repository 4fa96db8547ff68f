import { type EndJson, isoTime, jsonInteger, type ObjectJson, type ProcessJson } from "../frames/json.js";
import { items, type StoredRow } from "./rows.js";

/* From rows to the shapes that answers and outputs share. */

/** What is selected of a finding `f` on an object `o`. */
export type ObjectRow = Pick<StoredRow<"object">, "path" | "soname" | "signatures" | "build_id"> &
  Pick<StoredRow<"finding">, "verdict" | "reason" | "compared" | "disk_signatures" | "disk_build_id">;
export type ProcessRow = StoredRow<"process"> & { started_ns: bigint; received_ns: bigint };
export type EndRow = StoredRow<"process_end"> & { ended_ns: bigint | null };

export const OBJECT_COLUMNS = `
  o.path, o.soname, o.signatures, o.build_id, f.verdict, f.reason, f.compared, f.disk_signatures, f.disk_build_id`;

/** A process without the lists that it points at. */
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
  };
}

/** An end record may come in several parts; all but the objects is the same in each. */
export function endOf(parts: [EndRow, ...EndRow[]], nextList: () => ObjectJson[]): EndJson {
  const [first] = parts;
  const integer = (value: bigint | null) => jsonInteger(value ?? 0n);
  return {
    ended: first.ended_ns === null ? null : isoTime(first.ended_ns),
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
    unloadedObjects: integer(first.unloaded_objects),
    objects: parts.flatMap(nextList),
  };
}

export function objectOf(row: ObjectRow): ObjectJson {
  return {
    path: row.path ?? "",
    soname: row.soname,
    signatures: items(row.signatures),
    buildId: row.build_id,
    verdict: row.verdict ?? "",
    reason: row.reason,
    compared: row.compared,
    software: [],
    onDisk:
      row.disk_signatures === null ? null : { signatures: items(row.disk_signatures), buildId: row.disk_build_id },
  };
}
