import { groupBy } from "../../../shared/group-by.js";
import { type Connection, loadEngine, uuidValue } from "../../database/engine.js";
import { integerList, listOf, rows, type StoredRow } from "../../database/rows.js";
import { FACT_TABLES, MAX_LIST_OBJECTS } from "../../database/schema.js";
import {
  type EndRow,
  endOf,
  OBJECT_COLUMNS,
  type ObjectRow,
  objectOf,
  type ProcessRow,
  processOf,
} from "../../database/shapes.js";
import { isoTime, type ObjectJson } from "../../frames/json.js";
import type { EventPage, ListAnswer, ListRequest, StartContext, StoredEvent } from "../feed-protocol.js";

/*
 * Stored events in the order of their commit, for readers that resume at a cursor. Events refer to long lists by number,
 * because readers remember most lists from earlier events.
 */

/** List numbers that lie at most this far apart are read by one scan. */
const MAX_SCAN_GAP = 256;

/** The events after a cursor, at most `limit` of them. */
export async function readEvents(connection: Connection, after: number, limit: number): Promise<EventPage> {
  const head = await readHead(connection);
  if (after >= head) return { events: [], upTo: after, head };
  // By range rather than LIMIT: the engine skips what lies outside without sorting.
  const upTo = Math.min(after + limit, head);
  const range = { after: BigInt(after), up_to: BigInt(upTo) };
  const where = "WHERE sequence > $after AND sequence <= $up_to";
  const processes = await rows<ProcessRow>(
    connection,
    `SELECT * EXCLUDE (started, received), epoch_ns(started) AS started_ns, epoch_ns(received) AS received_ns
    FROM process ${where}`,
    range,
  );
  const parts = await rows<StoredRow<"process_part"> & { received_ns: bigint | null }>(
    connection,
    `SELECT * EXCLUDE (received), epoch_ns(received) AS received_ns FROM process_part ${where}`,
    range,
  );
  const ends = await rows<EndRow & { received_ns: bigint }>(
    connection,
    `SELECT * EXCLUDE (ended, received), epoch_ns(ended) AS ended_ns, epoch_ns(received) AS received_ns
    FROM process_end ${where}`,
    range,
  );
  const jobs = await rows<StoredRow<"job_event"> & { happened_ns: bigint; received_ns: bigint }>(
    connection,
    `SELECT * EXCLUDE (happened, received), epoch_ns(happened) AS happened_ns, epoch_ns(received) AS received_ns
    FROM job_event ${where}`,
    range,
  );
  const amendments = await rows<AmendmentRow>(
    connection,
    `SELECT * EXCLUDE (received), epoch_ns(received) AS received_ns FROM amendment ${where}`,
    range,
  );
  const events = [
    ...processes.map(processEvent),
    ...parts.map(
      ({ sequence, received_ns, uuid, part, objects }): StoredEvent => ({
        kind: "part",
        sequence: Number(sequence),
        received: received_ns ?? 0n,
        uuid: `${uuid}`,
        part,
        objects,
      }),
    ),
    ...ends.map(endEvent),
    ...amendments.map(amendmentEvent),
    ...jobs.map(
      ({ sequence, received_ns, job, cluster, kind, happened_ns }): StoredEvent => ({
        kind: "job",
        sequence: Number(sequence),
        received: received_ns,
        job: job ?? "",
        cluster,
        event: kind ?? "",
        happened: isoTime(happened_ns),
      }),
    ),
  ].sort((a, b) => a.sequence - b.sequence);
  if (events.length > 0 || upTo === head) return { events, upTo, head };
  return { events, upTo: await nextAfter(connection, upTo, head), head };
}

/** The last sequence that was given out. */
export async function readHead(connection: Connection): Promise<number> {
  const [row] = await rows<{ value: string }>(connection, `SELECT "value" FROM meta WHERE "key" = 'last_sequence'`);
  return Number(row?.value ?? 0);
}

/** The sequence before the next event: retention and `forget` leave wide gaps. */
async function nextAfter(connection: Connection, after: number, head: number): Promise<number> {
  const first = (table: string) => `SELECT min(sequence) AS sequence FROM ${table} WHERE sequence > $after`;
  const [row] = await rows<{ next: bigint | null }>(
    connection,
    `SELECT min(sequence) AS next FROM (${FACT_TABLES.map(first).join(" UNION ALL ")})`,
    { after: BigInt(after) },
  );
  return row?.next == null ? head : Math.min(Number(row.next) - 1, head);
}

function processEvent(row: ProcessRow): StoredEvent {
  return {
    kind: "process",
    sequence: Number(row.sequence),
    received: row.received_ns,
    process: processOf(row, `${row.uuid}`),
    program: row.program,
    objects: row.objects,
    environment: row.environment,
    modules: row.modules,
  };
}

function endEvent(row: EndRow & { received_ns: bigint }): StoredEvent {
  const { objects: _, ...end } = endOf([row], () => []);
  return {
    kind: "end",
    sequence: Number(row.sequence),
    received: row.received_ns,
    uuid: `${row.uuid}`,
    part: row.part,
    end,
    objects: row.objects,
  };
}

type AmendmentRow = Omit<StoredRow<"amendment">, "program"> & { program: number | null; received_ns: bigint };

function amendmentEvent({ sequence, received_ns, uuid, record, part, program, objects }: AmendmentRow): StoredEvent {
  return {
    kind: "amendment",
    sequence: Number(sequence),
    received: received_ns,
    uuid: `${uuid}`,
    record: record === "end" ? "end" : "start",
    part,
    program,
    objects,
  };
}

/** The lists that events refer to. */
export async function readLists(connection: Connection, wanted: ListRequest): Promise<ListAnswer> {
  return {
    findings: await readFindings(connection, wanted.findings),
    objects: await readObjectLists(connection, wanted.objects),
    texts: await readTextLists(connection, wanted.texts),
  };
}

async function readFindings(connection: Connection, ids: readonly number[]): Promise<[number, ObjectJson][]> {
  if (ids.length === 0) return [];
  const found = await rows<ObjectRow & { id: number }>(
    connection,
    `SELECT f.id, ${OBJECT_COLUMNS} FROM finding f JOIN object o ON o.id = f.object
    WHERE f.id IN (SELECT unnest($ids))`,
    { ids: await integerList(ids) },
  );
  return found.map((row) => [row.id, objectOf(row)]);
}

async function readObjectLists(connection: Connection, lists: readonly number[]): Promise<[number, ObjectJson[]][]> {
  const counted = await scan<{ list: number; elements: number }>(
    connection,
    `SELECT list, count(*)::INTEGER AS elements FROM object_list l WHERE ${IN_SCAN} GROUP BY list`,
    lists,
  );
  const sizes = new Map(counted.map(({ list, elements }) => [list, elements]));
  let left = MAX_LIST_OBJECTS;
  const fitting = lists.filter((number, index) => {
    left -= sizes.get(number) ?? 0;
    return index === 0 || left >= 0;
  });
  const members = await scan<ObjectRow & { list: number }>(
    connection,
    `SELECT l.list, ${OBJECT_COLUMNS} FROM object_list l
    JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object WHERE ${IN_SCAN} ORDER BY l.list, l.position`,
    fitting,
  );
  const membersOf = groupBy(members, listOf, (row) => objectOf(row));
  return fitting.map((number) => [number, membersOf.get(number) ?? []]);
}

async function readTextLists(connection: Connection, lists: readonly number[]): Promise<[number, string[]][]> {
  const members = await scan<{ list: number; value: string }>(
    connection,
    `SELECT list, "value" FROM text_list l WHERE ${IN_SCAN} ORDER BY list, position`,
    lists,
  );
  const membersOf = groupBy(members, listOf, ({ value }) => value);
  return lists.map((number) => [number, membersOf.get(number) ?? []]);
}

const IN_SCAN = "l.list BETWEEN $first AND $last AND l.list IN (SELECT unnest($lists))";

/** Reads rows of lists, with one query for each group of neighbours. @param sql - a query with {@link IN_SCAN}. */
async function scan<T extends object>(connection: Connection, sql: string, lists: readonly number[]): Promise<T[]> {
  const found: T[] = [];
  for (const near of neighbours(lists)) {
    const values = { first: near[0] as number, last: near.at(-1) as number, lists: await integerList(near) };
    for (const row of await rows<T>(connection, sql, values)) found.push(row);
  }
  return found;
}

/** What starts say about their processes. A process whose start was never received is left out. */
export async function readStarts(connection: Connection, uuids: readonly string[]): Promise<StartContext[]> {
  const engine = await loadEngine();
  const found = await rows<
    Pick<StoredRow<"process">, "uuid" | "job" | "cluster" | "user_name" | "host"> & { started_ns: bigint }
  >(
    connection,
    `SELECT uuid, job, cluster, user_name, host, epoch_ns(started) AS started_ns FROM process
    WHERE uuid IN (SELECT unnest($uuids))`,
    { uuids: engine.listValue(uuids.map((uuid) => uuidValue(engine, uuid))) },
  );
  return found.map(({ uuid, started_ns, job, cluster, user_name, host }) => ({
    uuid: `${uuid}`,
    started: isoTime(started_ns),
    job,
    cluster,
    user: user_name,
    host,
  }));
}

/** Groups numbers that lie close together: a scan of a narrow range skips nearly the whole table. */
function neighbours(numbers: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const group = groups.at(-1);
    if (group !== undefined && number - (group.at(-1) as number) <= MAX_SCAN_GAP) group.push(number);
    else groups.push([number]);
  }
  return groups;
}
