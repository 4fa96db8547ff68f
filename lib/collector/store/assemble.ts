import { type EndJson, isoTime, jsonInteger, type ObjectJson, type ProcessJson } from "../json.js";
import { type Connection, type EngineValue, loadEngine } from "./engine.js";
import { items, rows, type StoredRow } from "./rows.js";

/** A process as it is stored, with everything its row points at. */
export interface Assembled extends ProcessJson {
  /** Null while the process runs, or when it ended without saying so. */
  end: EndJson | null;
  /** The image that this one replaced in the same process by exec: same host, pid and parent, and no end record. */
  execOf: string | null;
}

/** What is selected of a finding `f` on an object `o`. */
type ObjectRow = Pick<StoredRow<"object">, "path" | "soname" | "signatures" | "build_id"> &
  Pick<StoredRow<"finding">, "verdict" | "reason" | "compared" | "disk_signatures" | "disk_build_id">;
type ProcessRow = StoredRow<"process"> & ObjectRow & { started_ns: bigint; received_ns: bigint };
type PartRow = Pick<StoredRow<"process_part">, "uuid" | "objects">;
type EndRow = StoredRow<"process_end"> & { ended_ns: bigint | null };

const OBJECT_COLUMNS = `
  o.path, o.soname, o.signatures, o.build_id, f.verdict, f.reason, f.compared, f.disk_signatures, f.disk_build_id`;

/** The processes that a WHERE/ORDER/LIMIT clause over `p` selects; lists are read once for all of them. */
export async function assemble(
  connection: Connection,
  clause: string,
  values: Record<string, EngineValue>,
): Promise<Assembled[]> {
  const found = await rows<ProcessRow>(
    connection,
    `SELECT p.* EXCLUDE (started, received), epoch_ns(p.started) AS started_ns, epoch_ns(p.received) AS received_ns,
      ${OBJECT_COLUMNS}
    FROM process p JOIN finding f ON f.id = p.program JOIN object o ON o.id = f.object ${clause}`,
    values,
  );
  if (found.length === 0) return [];
  const uuids = (await loadEngine()).listValue(found.map(({ uuid }) => uuid as EngineValue));
  const parts = await rows<PartRow>(
    connection,
    "SELECT uuid, objects FROM process_part WHERE uuid IN (SELECT unnest($uuids)) ORDER BY part",
    { uuids },
  );
  const ends = await rows<EndRow>(
    connection,
    `SELECT * EXCLUDE (ended, received), epoch_ns(ended) AS ended_ns
    FROM process_end WHERE uuid IN (SELECT unnest($uuids)) ORDER BY part`,
    { uuids },
  );
  const replaced = await replacedImages(connection, uuids);
  const objects = await objectLists(
    connection,
    [...found, ...parts, ...ends].map((row) => row.objects),
  );
  const texts = await textLists(
    connection,
    found.flatMap((row) => [row.modules, row.environment]),
  );
  const partsOf = groupByUuid(parts);
  const endsOf = groupByUuid(ends);
  return found.map((row) => {
    const uuid = `${row.uuid}`;
    const later = partsOf.get(uuid) ?? [];
    const lists = [row, ...later].map((part) => objects.get(part.objects) ?? []);
    const end = endsOf.get(uuid);
    return {
      ...processOf(row, uuid, texts),
      objects: lists.flat(),
      end: end === undefined ? null : endOf(end, objects),
      execOf: replaced.get(uuid) ?? null,
    };
  });
}

/**
 * A process that execs sends no end, and its next image starts under the same pid. Asked when somebody asks, not when
 * frames arrive, because those come in any order. Images of the same second (old clients) follow as they were received.
 */
async function replacedImages(connection: Connection, uuids: EngineValue): Promise<Map<string, string>> {
  const found = await rows<{ uuid: object; replaced: object | null }>(
    connection,
    `WITH wanted AS MATERIALIZED (
      SELECT rowid AS row, uuid, started, host, pid, parent_pid, job, container
      FROM process WHERE uuid IN (SELECT unnest($uuids)) AND host IS NOT NULL
    ),
    earlier AS (
      SELECT w.uuid, q.uuid AS other, row(q.started, q.rowid) AS place
      FROM wanted w JOIN process q ON q.host = w.host AND q.pid = w.pid AND q.parent_pid = w.parent_pid
        AND q.job IS NOT DISTINCT FROM w.job AND q.container IS NOT DISTINCT FROM w.container
        AND q.uuid <> w.uuid AND (q.started < w.started OR (q.started = w.started AND q.rowid < w.row))
    ),
    nearest AS (SELECT uuid, arg_max(other, place) AS replaced FROM earlier GROUP BY uuid)
    SELECT uuid, replaced FROM nearest WHERE replaced NOT IN (SELECT uuid FROM process_end)`,
    { uuids },
  );
  return new Map(found.map(({ uuid, replaced }) => [`${uuid}`, `${replaced}`]));
}

function processOf(row: ProcessRow, uuid: string, texts: Map<number, string[]>): Omit<ProcessJson, "objects"> {
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
    environment: texts.get(row.environment) ?? [],
    modules: texts.get(row.modules) ?? [],
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
    program: objectOf(row),
  };
}

/** An end record may come in several parts; all but the objects is the same in each. */
function endOf(parts: [EndRow, ...EndRow[]], objects: Map<number, ObjectJson[]>): EndJson {
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
    objects: parts.flatMap((part) => objects.get(part.objects) ?? []),
  };
}

function objectOf(row: ObjectRow): ObjectJson {
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

async function objectLists(connection: Connection, lists: number[]): Promise<Map<number, ObjectJson[]>> {
  const members = await rows<ObjectRow & { list: number }>(
    connection,
    `SELECT l.list, ${OBJECT_COLUMNS} FROM object_list l JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object
    WHERE l.list IN (SELECT unnest($lists)) ORDER BY l.list, l.position`,
    { lists: await integers(lists) },
  );
  return groupByList(members, objectOf);
}

async function textLists(connection: Connection, lists: number[]): Promise<Map<number, string[]>> {
  const members = await rows<{ list: number; value: string }>(
    connection,
    "SELECT list, value FROM text_list WHERE list IN (SELECT unnest($lists)) ORDER BY list, position",
    { lists: await integers(lists) },
  );
  return groupByList(members, ({ value }) => value);
}

async function integers(values: number[]): Promise<EngineValue> {
  const engine = await loadEngine();
  return engine.listValue([...new Set(values)]);
}

function groupByList<R extends { list: number }, T>(members: R[], map: (row: R) => T): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of members) {
    const group = groups.get(row.list);
    if (group === undefined) groups.set(row.list, [map(row)]);
    else group.push(map(row));
  }
  return groups;
}

function groupByUuid<R extends { uuid: object }>(found: R[]): Map<string, [R, ...R[]]> {
  const groups = new Map<string, [R, ...R[]]>();
  for (const row of found) {
    const group = groups.get(`${row.uuid}`);
    if (group === undefined) groups.set(`${row.uuid}`, [row]);
    else group.push(row);
  }
  return groups;
}
