import { joinAmendments, LAST_OBJECTS, LAST_PROGRAM, lastAmendments } from "../database/amendments.js";
import { type Connection, type EngineValue, loadEngine } from "../database/engine.js";
import { rows, type SqlValues, type StoredRow } from "../database/rows.js";
import { MAX_DISORDER_SEQUENCES } from "../database/schema.js";
import { OBJECT_COLUMNS, type ObjectRow, type ProcessRow } from "../database/shapes.js";

/** Selects processes: a WHERE clause and an order over the table `p`. */
export interface ProcessQuery {
  readonly where: string;
  readonly order: string;
  readonly values: SqlValues & { readonly limit: number; readonly offset?: number };
}

/** A process and its program. */
export type FoundRow = ProcessRow & ObjectRow;

export interface FoundProcesses {
  readonly found: FoundRow[];
  /** UUIDs of the processes, as a parameter. */
  readonly uuids: EngineValue;
  readonly range: SequenceRange;
  /** True when some of the selected processes did not fit into {@link MAX_ROW_BYTES}. */
  readonly truncated: boolean;
}

/** Limits the rows of processes in one answer, because clients choose how long their arguments are. */
const MAX_ROW_BYTES = 8 * 1024 * 1024;
/** Columns whose texts may be long. */
const TEXT_COLUMNS = ["command_line", "library_path", "preload", "container", "directory"];

/** Reads the selected processes, at least one and at most {@link MAX_ROW_BYTES}; undefined when there are none. */
export async function findProcesses(
  connection: Connection,
  { where, order, values }: ProcessQuery,
): Promise<FoundProcesses | undefined> {
  const lengths = TEXT_COLUMNS.map((column) => `coalesce(strlen(p.${column}), 0)`).join(" + ");
  const sized = await rows<Location & { size: bigint }>(
    connection,
    `WITH place AS (SELECT p.rowid AS row FROM process p ${where} ORDER BY ${order} LIMIT $limit OFFSET $offset)
    SELECT p.rowid AS row, p.sequence,
      (${lengths} + coalesce(list_sum(list_transform(p.arguments, x -> strlen(x) + 16)), 0) + 1024)::BIGINT AS size
    FROM process p WHERE p.rowid IN (SELECT row FROM place) ORDER BY ${order}`,
    { offset: 0, ...values },
  );
  let bytesLeft = MAX_ROW_BYTES;
  const fitting = sized.filter(({ size }, index) => {
    bytesLeft -= Number(size);
    return index === 0 || bytesLeft >= 0;
  });
  if (fitting.length === 0) return undefined;
  const found = await rows<FoundRow>(
    connection,
    `SELECT p.* EXCLUDE (started, received) REPLACE (${LAST_PROGRAM} AS program, ${LAST_OBJECTS} AS objects),
      epoch_ns(p.started) AS started_ns, epoch_ns(p.received) AS received_ns, ${OBJECT_COLUMNS}
    FROM process p ${joinAmendments(`uuid IN (SELECT p.uuid FROM process p WHERE ${isLocated("p")})`)}
      JOIN finding f ON f.id = ${LAST_PROGRAM} JOIN object o ON o.id = f.object
    WHERE ${isLocated("p")} ORDER BY ${order}`,
    await locationValues(fitting),
  );
  const { listValue } = await loadEngine();
  return {
    found,
    uuids: listValue(found.map(({ uuid }) => uuid as EngineValue)),
    range: rangeOf(found),
    truncated: fitting.length < sized.length,
  };
}

/**
 * Where a row is in its table. Queries first find the locations of their rows by few columns, because reading all columns of
 * all rows takes too long.
 */
export interface Location {
  readonly row: bigint;
  readonly sequence: bigint | null;
}

/** The condition that a row is at one of the locations. The range of sequences lets DuckDB skip most of the table. */
export const isLocated = (table: string): string =>
  `${table}.rowid IN (SELECT unnest($rows)) AND ${table}.sequence >= $firstSequence::BIGINT AND ${table}.sequence <= $lastSequence::BIGINT`;

/** Values of {@link isLocated}. */
export async function locationValues(locations: readonly Location[]): Promise<SqlValues> {
  const { listValue } = await loadEngine();
  const { first, last } = rangeOf(locations);
  // An empty list would have no type.
  const list = listValue(locations.length === 0 ? [-1n] : locations.map(({ row }) => row));
  return { rows: list, firstSequence: first, lastSequence: last };
}

export interface SequenceRange {
  readonly first: bigint;
  readonly last: bigint;
}

function rangeOf(found: readonly Pick<Location, "sequence">[]): SequenceRange {
  let [first, last] = [found[0]?.sequence ?? 0n, found[0]?.sequence ?? 0n];
  for (const { sequence } of found) {
    if (sequence !== null && sequence < first) first = sequence;
    if (sequence !== null && sequence > last) last = sequence;
  }
  return { first, last };
}

/** Where other frames of the processes in a range can be. */
export const withDisorder = ({ first, last }: SequenceRange): SequenceRange => ({
  first: first - BigInt(MAX_DISORDER_SEQUENCES),
  last: last + BigInt(MAX_DISORDER_SEQUENCES),
});

export type PartRow = Pick<StoredRow<"process_part">, "uuid" | "objects">;

/** The later frames of the processes' records. */
export const findParts = (
  connection: Connection,
  { uuids, range }: Pick<FoundProcesses, "uuids" | "range">,
): Promise<PartRow[]> =>
  rows<PartRow>(
    connection,
    `SELECT s.uuid, coalesce(v.objects, s.objects) AS objects
    FROM process_part s LEFT JOIN (${lastAmendments("record = 'start' AND uuid IN (SELECT unnest($uuids))")}) v
      ON v.uuid = s.uuid AND v.part = s.part
    WHERE s.sequence >= $first::BIGINT AND s.sequence <= $last::BIGINT AND s.uuid IN (SELECT unnest($uuids)) ORDER BY s.part`,
    { uuids, ...withDisorder(range) },
  );
