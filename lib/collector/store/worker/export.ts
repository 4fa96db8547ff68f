import { joinAmendments, LAST_OBJECTS, LAST_PROGRAM, lastAmendments } from "../../database/amendments.js";
import { type Connection, literal } from "../../database/engine.js";
import { KNOWN_SINCE } from "../../database/outages.js";
import { jsonRow } from "../../database/rows.js";

/** A time as an instant in UTC: a TIMESTAMP_NS has no zone in Parquet, and readers such as Spark refuse nanoseconds. */
const instant = (time: string) => `make_timestamptz(epoch_ns(${time}) // 1000)`;

/** One row for each process with all that it refers to, for programs that read Parquet without the store. */
const FLAT = `
  WITH objects AS (
    SELECT l.list, list({
      path: o.path, soname: o.soname, signatures: o.signatures, build_id: o.build_id, verdict: f.verdict, reason: f.reason
    } ORDER BY l.position) AS members
    FROM object_list l JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object GROUP BY l.list
  ),
  texts AS (SELECT list, list(value ORDER BY position) AS members FROM text_list GROUP BY list),
  later AS (
    SELECT s.uuid, flatten(list(o.members ORDER BY s.part)) AS members
    FROM process_part s LEFT JOIN (${lastAmendments("record = 'start'")}) v ON v.uuid = s.uuid AND v.part = s.part
      JOIN objects o ON o.list = coalesce(v.objects, s.objects) GROUP BY s.uuid
  ),
  ends AS (
    SELECT e.uuid, first(${instant("e.ended")}) AS ended, first(e.user_time) AS user_time, first(e.system_time) AS system_time,
      first(e.max_resident) AS max_resident, first(e.major_faults) AS major_faults, first(e.blocks_in) AS blocks_in,
      first(e.blocks_out) AS blocks_out, first(e.ended_by) AS ended_by, first(e.exit_status) AS exit_status,
      first(e.exit_signal) AS exit_signal, first(e.core_dumped) AS core_dumped, first(e.read_bytes) AS read_bytes,
      first(e.written_bytes) AS written_bytes, flatten(list(coalesce(o.members, []) ORDER BY e.part)) AS loaded_later
    FROM process_end e LEFT JOIN (${lastAmendments("record = 'end'")}) v ON v.uuid = e.uuid AND v.part = e.part
      LEFT JOIN objects o ON o.list = coalesce(v.objects, e.objects) GROUP BY e.uuid
  )
  SELECT p.* EXCLUDE (environment, modules, program, objects, sequence)
      REPLACE (${instant("p.started")} AS started, ${instant("p.received")} AS received),
    coalesce(environment.members, []) AS environment, coalesce(modules.members, []) AS modules,
    po.path AS program, po.signatures AS program_signatures, po.build_id AS program_build_id,
    pf.verdict AS program_verdict, pf.reason AS program_reason,
    list_concat(coalesce(own.members, []), coalesce(later.members, [])) AS objects,
    ends.* EXCLUDE (uuid)
  FROM process p ${joinAmendments("true")}
    JOIN finding pf ON pf.id = ${LAST_PROGRAM} JOIN object po ON po.id = pf.object
    LEFT JOIN objects own ON own.list = ${LAST_OBJECTS}
    LEFT JOIN texts environment ON environment.list = p.environment
    LEFT JOIN texts modules ON modules.list = p.modules
    LEFT JOIN later ON later.uuid = p.uuid
    LEFT JOIN ends ON ends.uuid = p.uuid`;

const FORMAT = "(FORMAT parquet, COMPRESSION zstd)";

export async function exportProcesses(connection: Connection, path: string): Promise<void> {
  await connection.run(`COPY (${FLAT}) TO ${literal(path)} ${FORMAT}`);
}

/** Times without a collector, and up to when nothing is known of them. */
const OUTAGES = `
  SELECT NULL::TIMESTAMPTZ AS began, ${instant('make_timestamp_ns("value"::BIGINT)')} AS ended, 'not known' AS how
  FROM meta WHERE "key" = '${KNOWN_SINCE}'
  UNION ALL SELECT ${instant("began")}, ${instant("ended")}, how FROM outage ORDER BY ended, began`;

export async function exportOutages(connection: Connection, path: string): Promise<void> {
  await connection.run(`COPY (${OUTAGES}) TO ${literal(path)} ${FORMAT}`);
}

/** False for a file of outages, which names no user. */
export async function holdsProcesses(connection: Connection, path: string): Promise<boolean> {
  const { columns } = await jsonRow<{ columns: number }>(
    connection,
    `SELECT count(*) AS columns FROM parquet_schema(${literal(path)}) WHERE name = 'user_name'`,
  );
  return columns > 0;
}

/** Writes an export once more, without a user's processes. */
export async function exportWithout(connection: Connection, from: string, to: string, user: string): Promise<void> {
  const kept = `SELECT * FROM read_parquet(${literal(from)}) WHERE user_name IS DISTINCT FROM ${literal(user)}`;
  await connection.run(`COPY (${kept}) TO ${literal(to)} ${FORMAT}`);
}
