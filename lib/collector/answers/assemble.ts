import { type Connection, type EngineValue, loadEngine } from "../database/engine.js";
import { rows, type StoredRow } from "../database/rows.js";
import {
  type EndRow,
  endOf,
  OBJECT_COLUMNS,
  type ObjectRow,
  objectOf,
  type ProcessRow,
  processOf,
} from "../database/shapes.js";
import type { EndJson, ObjectJson, ProcessJson } from "../frames/json.js";
import { type Share, shareBytes, shareElements, takeShare, wantedOf } from "./shares.js";

/** A process as it is stored, with everything its row points at. */
export interface Assembled extends ProcessJson {
  /** How many elements the lists have; fewer may stand in an answer that says `truncated`. */
  counts: { modules: number; environment: number; objects: number };
  /** Null while the process runs, or when it ended without saying so. */
  end: EndJson | null;
  /** The image that this one replaced in the same process by exec: same host, pid and parent, and no end record. */
  execOf: string | null;
}

/** A process without its long lists. */
export interface Summary extends Omit<ProcessJson, "environment" | "objects"> {
  /** Place in the order in which processes were stored. */
  sequence: bigint;
  /** How many of the process's shared objects have which verdict. */
  verdicts: Record<string, number>;
}

type FoundRow = ProcessRow & ObjectRow;
type PartRow = Pick<StoredRow<"process_part">, "uuid" | "objects">;
/** Which processes: `where` and `order` over the table `p`. */
export interface Selection {
  readonly where: string;
  readonly order: string;
  readonly values: Record<string, EngineValue> & { readonly limit: number; readonly offset?: number };
}

export interface AssembledAnswer {
  readonly processes: Assembled[];
  /** True when the answer would have been too large, so that processes or parts of their lists were left out. */
  readonly truncated: boolean;
}

/** Frames of one process may be stored so far apart, in sequence numbers, when they come in disorder. */
const DISORDER = 1_000_000n;
/** Objects in an answer. */
const OBJECT_BUDGET = 25_000;
/** Bytes of environments and modules, and of the processes' own rows, whose arguments may be long. */
const TEXT_BUDGET = 8 * 1024 * 1024;
const ROW_BUDGET = 8 * 1024 * 1024;

/** The selected processes with all that they point at; lists are read once for all of them. */
export async function assemble(connection: Connection, selection: Selection): Promise<AssembledAnswer> {
  const { found, uuids, truncated } = await select(connection, selection);
  if (uuids === undefined) return { processes: [], truncated };
  const extent = extentOf(found);
  const parts = await partsOfProcesses(connection, uuids, extent);
  const places = await rows<Place>(
    connection,
    `SELECT rowid AS place, sequence FROM process_end
    WHERE uuid IN (SELECT unnest($uuids)) AND sequence >= $first::BIGINT`,
    { uuids, first: extent.first - DISORDER },
  );
  const ends = await rows<EndRow>(
    connection,
    `SELECT * EXCLUDE (ended, received), epoch_ns(ended) AS ended_ns FROM process_end e WHERE ${isAtPlaces("e")} ORDER BY part`,
    await atPlaces(places),
  );
  const replaced = await replacedImages(connection, uuids, found);
  const partsOf = groupByUuid(parts);
  const endsOf = groupByUuid(ends);
  const uses = found.map((row) => {
    const uuid = `${row.uuid}`;
    return { own: [row, ...(partsOf.get(uuid) ?? [])], end: endsOf.get(uuid) };
  });
  const objects = await objectLists(
    connection,
    uses.flatMap(({ own, end }) => [...own, ...(end ?? [])].map((row) => row.objects)),
  );
  const texts = await textLists(
    connection,
    found.flatMap((row) => [row.modules, row.environment]),
  );
  const processes = found.map((row, index) => {
    const uuid = `${row.uuid}`;
    const { own = [], end } = uses[index] ?? {};
    const lists = own.map(() => objects.next());
    const [modules, environment] = [texts.next(), texts.next()];
    return {
      ...processOf(row, uuid),
      program: objectOf(row),
      modules: modules.elements,
      environment: environment.elements,
      objects: lists.flatMap(({ elements }) => elements),
      counts: {
        modules: modules.total,
        environment: environment.total,
        objects: lists.reduce((sum, { total }) => sum + total, 0),
      },
      end: end === undefined ? null : endOf(end, () => objects.next().elements),
      execOf: replaced.get(uuid) ?? null,
    };
  });
  return { processes, truncated: truncated || objects.truncated || texts.truncated };
}

/** The selected processes without their lists but the modules; verdicts of their objects are only counted. */
export async function summarize(
  connection: Connection,
  selection: Selection,
): Promise<{ processes: Summary[]; truncated: boolean }> {
  const { found, uuids, truncated } = await select(connection, selection);
  if (uuids === undefined) return { processes: [], truncated };
  const parts = groupByUuid(await partsOfProcesses(connection, uuids, extentOf(found)));
  const listsOf = (row: FoundRow) => [row.objects, ...(parts.get(`${row.uuid}`) ?? []).map(({ objects }) => objects)];
  const counted = await rows<{ list: number; verdict: string; objects: number }>(
    connection,
    `SELECT l.list, f.verdict, count(*)::INTEGER AS objects FROM object_list l JOIN finding f ON f.id = l.finding
    WHERE l.list IN (SELECT unnest($lists)) GROUP BY ALL ORDER BY f.verdict`,
    { lists: await integers(found.flatMap(listsOf)) },
  );
  const countsOf = groupByList(counted, ({ verdict, objects }) => ({ verdict, objects }));
  const verdictsOf = (row: FoundRow) => {
    const verdicts: Record<string, number> = {};
    for (const { verdict, objects } of listsOf(row).flatMap((list) => countsOf.get(list) ?? [])) {
      verdicts[verdict] = (verdicts[verdict] ?? 0) + objects;
    }
    return verdicts;
  };
  const modules = await textLists(
    connection,
    found.map((row) => row.modules),
  );
  const processes = found.map((row) => {
    const uuid = `${row.uuid}`;
    return {
      ...processOf(row, uuid),
      sequence: row.sequence ?? 0n,
      program: objectOf(row),
      modules: modules.next().elements,
      verdicts: verdictsOf(row),
    };
  });
  return { processes, truncated: truncated || modules.truncated };
}

/** Where a row stands. Rows are found by a few columns first: to read all columns of all rows takes too long. */
interface Place {
  readonly place: bigint;
  readonly sequence: bigint | null;
}

/** Rows that are stored together lie together: the sequence lets DuckDB pass over the others without reading them. */
const isAtPlaces = (t: string) =>
  `${t}.rowid IN (SELECT unnest($places)) AND ${t}.sequence >= $firstSequence::BIGINT AND ${t}.sequence <= $lastSequence::BIGINT`;

async function atPlaces(places: readonly Place[]): Promise<Record<string, EngineValue>> {
  const { listValue } = await loadEngine();
  const { first, last } = extentOf(places);
  const list = listValue(places.length === 0 ? [-1n] : places.map(({ place }) => place));
  return { places: list, firstSequence: first, lastSequence: last };
}

interface Extent {
  readonly first: bigint;
  readonly last: bigint;
}

function extentOf(found: readonly Pick<Place, "sequence">[]): Extent {
  let [first, last] = [found[0]?.sequence ?? 0n, found[0]?.sequence ?? 0n];
  for (const { sequence } of found) {
    if (sequence !== null && sequence < first) first = sequence;
    if (sequence !== null && sequence > last) last = sequence;
  }
  return { first, last };
}

/** Later frames of a record are stored near the first one. */
const partsOfProcesses = (connection: Connection, uuids: EngineValue, { first, last }: Extent): Promise<PartRow[]> =>
  rows<PartRow>(
    connection,
    `SELECT uuid, objects FROM process_part
    WHERE sequence >= $first::BIGINT AND sequence <= $last::BIGINT AND uuid IN (SELECT unnest($uuids)) ORDER BY part`,
    { uuids, first: first - DISORDER, last: last + DISORDER },
  );

/** Rows of the selected processes, as many as the budget lets through, but one at least. */
async function select(
  connection: Connection,
  { where, order, values }: Selection,
): Promise<{ found: FoundRow[]; uuids: EngineValue | undefined; truncated: boolean }> {
  const { listValue } = await loadEngine();
  const length = (column: string) => `coalesce(strlen(p.${column}), 0)`;
  const sized = await rows<Place & { size: bigint }>(
    connection,
    `WITH place AS (SELECT p.rowid AS row FROM process p ${where} ORDER BY ${order} LIMIT $limit OFFSET $offset)
    SELECT p.rowid AS place, p.sequence, (${["command_line", "library_path", "preload", "container", "directory"].map(length).join(" + ")}
      + coalesce(list_sum(list_transform(p.arguments, x -> strlen(x) + 16)), 0) + 1024)::BIGINT AS size
    FROM process p WHERE p.rowid IN (SELECT row FROM place) ORDER BY ${order}`,
    { offset: 0, ...values },
  );
  let left = ROW_BUDGET;
  const fitting = sized.filter(({ size }, index) => {
    left -= Number(size);
    return index === 0 || left >= 0;
  });
  if (fitting.length === 0) return { found: [], uuids: undefined, truncated: false };
  const found = await rows<FoundRow>(
    connection,
    `SELECT p.* EXCLUDE (started, received), epoch_ns(p.started) AS started_ns, epoch_ns(p.received) AS received_ns,
      ${OBJECT_COLUMNS}
    FROM process p JOIN finding f ON f.id = p.program JOIN object o ON o.id = f.object
    WHERE ${isAtPlaces("p")} ORDER BY ${order}`,
    await atPlaces(fitting),
  );
  const uuids = listValue(found.map(({ uuid }) => uuid as EngineValue));
  return { found, uuids, truncated: fitting.length < sized.length };
}

/**
 * A process that execs sends no end, and its next image starts under the same pid. Asked when somebody asks, not when
 * frames arrive, because those come in any order. Images of the same second (old clients) follow as they were received.
 */
async function replacedImages(
  connection: Connection,
  uuids: EngineValue,
  processes: readonly FoundRow[],
): Promise<Map<string, string>> {
  const jobs = new Set(processes.map(({ job }) => job));
  const [job = null] = jobs;
  // Said as a constant, DuckDB need not read the other jobs.
  const sameJob = jobs.size === 1 && job !== null ? "AND q.job = $job" : "";
  const { first, last } = extentOf(processes);
  const found = await rows<{ uuid: object; replaced: object | null }>(
    connection,
    `WITH wanted AS MATERIALIZED (
      SELECT rowid AS row, uuid, started, host, pid, parent_pid, job, container
      FROM process WHERE sequence >= $first::BIGINT AND sequence <= $last::BIGINT AND uuid IN (SELECT unnest($uuids))
        AND host IS NOT NULL
    ),
    earlier AS (
      SELECT w.uuid, q.uuid AS other, row(q.started, q.rowid) AS place
      FROM wanted w JOIN process q ON q.host = w.host AND q.pid = w.pid AND q.parent_pid = w.parent_pid
        AND q.job IS NOT DISTINCT FROM w.job AND q.container IS NOT DISTINCT FROM w.container
        AND q.uuid <> w.uuid AND (q.started < w.started OR (q.started = w.started AND q.rowid < w.row))
        ${sameJob}
    ),
    nearest AS (SELECT uuid, arg_max(other, place) AS replaced FROM earlier GROUP BY uuid),
    ended AS (SELECT uuid FROM process_end WHERE uuid IN (SELECT replaced FROM nearest))
    SELECT uuid, replaced FROM nearest WHERE replaced NOT IN (SELECT uuid FROM ended)`,
    { uuids, job, first, last },
  );
  return new Map(found.map(({ uuid, replaced }) => [`${uuid}`, `${replaced}`]));
}

/** Lists in the order in which they were asked for. */
interface Lists<T> {
  readonly next: () => { elements: T[]; total: number };
  readonly truncated: boolean;
}

function handOut<T>(shares: readonly Share[], read: Map<number, T[]>): Lists<T> {
  let at = 0;
  return {
    next: () => {
      const share = shares[at++];
      return share === undefined
        ? { elements: [], total: 0 }
        : { elements: takeShare(share, read), total: share.total };
    },
    truncated: shares.some(({ taken, total }) => taken < total),
  };
}

async function objectLists(connection: Connection, uses: number[]): Promise<Lists<ObjectJson>> {
  const sizes = await rows<{ list: number; elements: number }>(
    connection,
    "SELECT list, count(*)::INTEGER AS elements FROM object_list WHERE list IN (SELECT unnest($lists)) GROUP BY list",
    { lists: await integers(uses) },
  );
  const shares = shareElements(uses, new Map(sizes.map(({ list, elements }) => [list, elements])), OBJECT_BUDGET);
  const wanted = wantedOf(shares);
  const members = await rows<ObjectRow & { list: number }>(
    connection,
    `SELECT l.list, ${OBJECT_COLUMNS} FROM object_list l
    JOIN (SELECT unnest($lists) AS list, unnest($counts) AS wanted) w ON l.list = w.list AND l.position < w.wanted
    JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object
    WHERE l.list IN (SELECT unnest($lists)) ORDER BY l.list, l.position`,
    { lists: await integers(wanted.keys()), counts: await integers(wanted.values(), false) },
  );
  return handOut(shares, groupByList(members, objectOf));
}

async function textLists(connection: Connection, uses: number[]): Promise<Lists<string>> {
  const sizes = await rows<{ list: number; elements: number; bytes: bigint }>(
    connection,
    `SELECT list, count(*)::INTEGER AS elements, sum(strlen(value) + 16)::BIGINT AS bytes
    FROM text_list WHERE list IN (SELECT unnest($lists)) GROUP BY list`,
    { lists: await integers(uses) },
  );
  const bySize = new Map(sizes.map(({ list, elements, bytes }) => [list, { elements, bytes: Number(bytes) }]));
  const shares = shareBytes(uses, bySize, TEXT_BUDGET);
  const members = await rows<{ list: number; value: string }>(
    connection,
    "SELECT list, value FROM text_list WHERE list IN (SELECT unnest($lists)) ORDER BY list, position",
    { lists: await integers(wantedOf(shares).keys()) },
  );
  return handOut(
    shares,
    groupByList(members, ({ value }) => value),
  );
}

/** A list for a query; never empty, or it would have no type. No list has the number -1. */
async function integers(values: Iterable<number>, isSet = true): Promise<EngineValue> {
  const engine = await loadEngine();
  const all = isSet ? [...new Set(values)] : [...values];
  return engine.listValue(all.length === 0 ? [-1] : all);
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
