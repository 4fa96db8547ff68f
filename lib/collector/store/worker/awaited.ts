import { groupBy } from "../../../shared/group-by.js";
import type { VerifyFinding } from "../../../verify/index.js";
import type { ObjectReport } from "../../../wire/index.js";
import { lastAmendments } from "../../database/amendments.js";
import { type Connection, loadEngine } from "../../database/engine.js";
import { integerList, items, rows, type StoredRow } from "../../database/rows.js";
import { MAX_LIST_OBJECTS } from "../../database/schema.js";
import type { AwaitedRecord, StoreRequests } from "../protocol.js";

/*
 * Records with objects that have no verdict: the collector ended before it stored the amendment, as when it was killed, or
 * could not look at the files. They are looked at again.
 */

/** Records that one answer names. A collector awaits fewer at a time. */
const MAX_RECORDS = 50_000;

/** All records with objects, as `record` names them in amendments. */
const RECORDS = `
  SELECT sequence, uuid, 'start' AS record, 0 AS part, program, objects FROM process
  UNION ALL SELECT sequence, uuid, 'start', part, NULL, objects FROM process_part
  UNION ALL SELECT sequence, uuid, 'end', part, NULL, objects FROM process_end`;

/** Joins the last amendment `v` of a record `r`. */
const OF_RECORD = "ON v.uuid = r.uuid AND v.record = r.record AND v.part = r.part";

/** Sequences of records whose last verdicts are `unchecked` for one of the reasons. */
export async function readAwaiting(
  connection: Connection,
  { reasons, after }: StoreRequests["awaiting"]["request"],
): Promise<number[]> {
  const { listValue } = await loadEngine();
  const isOpen = "verdict = 'unchecked' AND reason IN (SELECT unnest($reasons))";
  const wanted = { reasons: listValue([...reasons]) };
  // In most stores there are none, and to know that must not take longer the larger they are.
  const [any] = await rows(connection, `SELECT id FROM finding WHERE ${isOpen} LIMIT 1`, wanted);
  if (any === undefined) return [];
  const found = await rows<{ sequence: bigint }>(
    connection,
    `WITH undecided AS MATERIALIZED (SELECT id FROM finding WHERE ${isOpen}),
    lists AS MATERIALIZED (SELECT DISTINCT list FROM object_list WHERE finding IN (FROM undecided))
    SELECT r.sequence FROM (${RECORDS}) r LEFT JOIN (${lastAmendments("true")}) v ${OF_RECORD}
    WHERE r.sequence > $after::BIGINT
      AND (coalesce(v.program, r.program) IN (FROM undecided) OR coalesce(v.objects, r.objects) IN (FROM lists))
    ORDER BY r.sequence LIMIT ${MAX_RECORDS}`,
    { ...wanted, after: BigInt(after) },
  );
  return found.map(({ sequence }) => Number(sequence));
}

type RecordRow = Pick<
  StoredRow<"process">,
  "uuid" | "job" | "cluster" | "array_job" | "array_task" | "user_name" | "host" | "container" | "command_line"
> & {
  sequence: bigint;
  record: string;
  part: number;
  program: number | null;
  objects: number;
  elements: number;
  started_ns: bigint | null;
};
type FindingRow = Pick<StoredRow<"object">, "path" | "soname" | "signatures" | "build_id" | "stamps_unknown"> &
  Omit<StoredRow<"finding">, "object">;

/** At least the first of the records, and as many as have {@link MAX_LIST_OBJECTS} objects. */
export async function readAwaited(
  connection: Connection,
  sequences: readonly number[],
): Promise<{ records: AwaitedRecord[]; left: number[] }> {
  const { listValue } = await loadEngine();
  const found = await rows<RecordRow>(
    connection,
    `WITH wanted AS MATERIALIZED (
      SELECT r.* FROM (${RECORDS}) r
      WHERE r.sequence >= $first::BIGINT AND r.sequence <= $last::BIGINT AND r.sequence IN (SELECT unnest($sequences))
    ),
    last AS MATERIALIZED (
      SELECT r.sequence, r.uuid, r.record, r.part, coalesce(v.program, r.program) AS program,
        coalesce(v.objects, r.objects) AS objects
      FROM wanted r LEFT JOIN (${lastAmendments("uuid IN (SELECT uuid FROM wanted)")}) v ${OF_RECORD}
    )
    SELECT w.*, p.job, p.cluster, p.array_job, p.array_task, p.user_name, p.host, p.container, p.command_line, epoch_ns(p.started) AS started_ns,
      (SELECT count(*) FROM object_list l WHERE l.list = w.objects)::INTEGER AS elements
    FROM last w LEFT JOIN process p ON p.uuid = w.uuid ORDER BY w.sequence`,
    {
      first: BigInt(Math.min(...sequences)),
      last: BigInt(Math.max(...sequences)),
      sequences: listValue(sequences.map(BigInt)),
    },
  );
  let room = MAX_LIST_OBJECTS;
  const fitting = found.filter(({ elements }, index) => {
    room -= elements;
    return index === 0 || room >= 0;
  });
  const programs = fitting.flatMap(({ program }) => program ?? []);
  const lists = await readFindings<{ list: number }>(
    connection,
    "SELECT l.list AS list, l.position AS position, l.finding AS finding FROM object_list l WHERE l.list IN (SELECT unnest($numbers))",
    fitting.map(({ objects }) => objects),
  );
  const own = await readFindings<{ list: number }>(
    connection,
    "SELECT id AS list, 0 AS position, id AS finding FROM finding WHERE id IN (SELECT unnest($numbers))",
    programs,
  );
  const membersOf = groupBy(lists, ({ list }) => list);
  const programOf = groupBy(own, ({ list }) => list);
  const taken = new Set(fitting.map(({ sequence }) => Number(sequence)));
  const isLeft = new Set(found.map(({ sequence }) => Number(sequence)).filter((sequence) => !taken.has(sequence)));
  return {
    records: fitting.map((row) =>
      awaitedOf(row, programOf.get(row.program ?? -1)?.[0], membersOf.get(row.objects) ?? []),
    ),
    left: sequences.filter((sequence) => isLeft.has(sequence)),
  };
}

/** Findings with their objects. @param members - a query for `list`, `position` and `finding` of some numbers. */
async function readFindings<T>(
  connection: Connection,
  members: string,
  numbers: readonly number[],
): Promise<(FindingRow & T)[]> {
  return rows<FindingRow & T>(
    connection,
    `SELECT m.list, o.path, o.soname, o.signatures, o.build_id, o.stamps_unknown, f.* EXCLUDE (object)
    FROM (${members}) m JOIN finding f ON f.id = m.finding JOIN object o ON o.id = f.object ORDER BY m.list, m.position`,
    { numbers: await integerList(numbers) },
  );
}

function awaitedOf(row: RecordRow, program: FindingRow | undefined, members: readonly FindingRow[]): AwaitedRecord {
  const { uuid, part, host, started_ns: started } = row;
  return {
    of: {
      record: row.record === "end" ? "end" : "start",
      uuid: `${uuid}`,
      part,
      program: program && reportOf(program),
      objects: members.map(reportOf),
      job: row.job ?? undefined,
      placement: {
        cluster: row.cluster ?? undefined,
        arrayJob: row.array_job ?? undefined,
        arrayTask: row.array_task ?? undefined,
      },
      user: row.user_name ?? undefined,
      host: host ?? undefined,
    },
    reporter: {
      host: host ?? undefined,
      inContainer: row.container !== null,
      startedBefore: started === null ? 0n : started + precisionOf(started) - 1n,
      // Clients that send their arguments joined report only the first signature.
      firstSignatureOnly: row.command_line !== null,
    },
    program: program && findingOf(program),
    objects: members.map(findingOf),
  };
}

/** The store keeps no precision of a start. A time in whole seconds or milliseconds has that one. */
function precisionOf(started: bigint): bigint {
  return [1_000_000_000n, 1_000_000n].find((unit) => started % unit === 0n) ?? 1n;
}

const reportOf = ({ path, soname, signatures, build_id, stamps_unknown }: FindingRow): ObjectReport => ({
  path: path ?? "",
  soname: soname ?? undefined,
  signatures: items(signatures),
  buildId: build_id ?? undefined,
  ...(stamps_unknown !== null && { stampsUnknown: true }),
});

function findingOf(row: FindingRow): VerifyFinding {
  const disk = row.disk_signatures;
  return {
    verdict: row.verdict as VerifyFinding["verdict"],
    reason: (row.reason ?? undefined) as VerifyFinding["reason"],
    compared: (row.compared ?? undefined) as VerifyFinding["compared"],
    onDisk:
      disk === null
        ? undefined
        : {
            signatures: items(disk),
            buildId: row.disk_build_id ?? undefined,
            package: row.disk_package ?? undefined,
            compilers: row.disk_compilers === null ? undefined : items(row.disk_compilers),
          },
  };
}
