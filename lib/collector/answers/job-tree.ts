import type { Answer } from "../../client/index.js";
import { OgrtError } from "../../errors.js";
import type { Connection } from "../database/engine.js";
import { execute, integerList, jsonRows, rows, type SqlFragment } from "../database/rows.js";
import { MAX_DISORDER_SEQUENCES } from "../database/schema.js";
import { parseCursor } from "./pagination.js";
import type { Location } from "./process-rows.js";

/*
 * The processes of a job as a tree, of which an answer holds a page: a job may have more processes than one answer. The
 * tree is made anew for each page, from a few numbers of each process; everything else is read for the page only.
 */

/** Processes in the tree of a job, the oldest ones. Each takes some 40 bytes of memory. */
export const MAX_TREE_PROCESSES = 1_000_000;
/** Ancestors of the first process of a page that the answer names, from the top of the tree. */
const MAX_ANCESTORS = 64;

type TreePlace = Answer<"job">["processes"][number]["tree"];
type Ancestor = Answer<"job">["ancestors"][number];

/** The part of a tree that a page is taken from. */
export interface TreeInput {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** UUID of the process at the top. */
  readonly root?: string | undefined;
  readonly levels?: number | undefined;
}

export interface TreePage {
  readonly locations: readonly Location[];
  readonly ancestors: readonly Ancestor[];
  /** Why the page is empty. */
  readonly notes: readonly string[];
  /** The place of a process of the page. */
  readonly placeOf: (uuid: string) => TreePlace;
  /** The cursor after this many processes of the page; null when the tree has no more. */
  readonly next: (shown: number) => string | null;
}

/**
 * Writes the processes of a job and their parents into the temporary table `job_tree`, by their start.
 *
 * The parent of a process is the last process with the parent's pid that started before it on the same host. An image that
 * replaced another by exec has the parent of that one: exec.ts says which images those are.
 */
const writeTree = (condition: string) => `
  CREATE OR REPLACE TEMP TABLE job_tree AS
  WITH member AS MATERIALIZED (
    SELECT (row_number() OVER (ORDER BY p.started, p.sequence) - 1)::INTEGER AS place, p.rowid AS row, p.sequence,
      p.uuid, p.program, coalesce(p.host, '') AS host, p.pid, p.parent_pid, p.job, p.cluster, p.container
    FROM process p WHERE ${condition} ORDER BY p.started, p.sequence LIMIT ${MAX_TREE_PROCESSES}
  ),
  image AS MATERIALIZED (
    SELECT place, lag(place) OVER (PARTITION BY host, pid, parent_pid, job, cluster, container ORDER BY place) AS earlier
    FROM member WHERE host <> ''
  ),
  ended AS (
    SELECT DISTINCT uuid FROM process_end
    WHERE sequence >= $firstSequence::BIGINT - ${MAX_DISORDER_SEQUENCES} AND uuid IN (SELECT uuid FROM member)
  ),
  replacing AS (
    SELECT i.place, i.earlier FROM image i JOIN member e ON e.place = i.earlier
    WHERE e.uuid NOT IN (SELECT uuid FROM ended)
  ),
  started AS (
    SELECT m.place, s.place AS parent
    FROM member m ASOF LEFT JOIN member s ON s.host = m.host AND s.pid = m.parent_pid AND m.place > s.place
  )
  SELECT m.place, m.row, m.sequence, m.uuid, m.pid, m.program, s.parent, r.earlier AS replaced
  FROM member m JOIN started s ON s.place = m.place LEFT JOIN replacing r ON r.place = m.place ORDER BY m.place`;

/**
 * One page of the tree of a job.
 *
 * @param firstSequence - of its processes.
 * @throws {@link OgrtError} CURSOR_EXPIRED when the last process of the page before is gone.
 */
export async function readTreePage(
  connection: Connection,
  { sql, values }: SqlFragment,
  firstSequence: bigint,
  input: TreeInput,
): Promise<TreePage> {
  await execute(connection, writeTree(sql), { ...values, firstSequence });
  const { root } = input;
  const top = root === undefined ? undefined : await placeOfUuid(connection, root);
  if (top === null) return { ...EMPTY_PAGE, notes: [`this job has no process ${root}`] };
  const tree = await readTree(connection);
  const cursor = parseCursor(input.cursor);
  const last = cursor === undefined ? undefined : await placeOfSequence(connection, cursor);
  const { places, hasMore } = tree.page(top, last, input);
  const [first] = places;
  if (first === undefined) return EMPTY_PAGE;
  const above = tree.ancestors(first).slice(0, MAX_ANCESTORS);
  const parents = places.flatMap((place) => tree.parent(place) ?? []);
  const named = await namesOf(connection, [...places, ...above, ...parents]);
  const nameOf = (place: number) => named.get(place) as Named;
  const treePlace = (place: number): TreePlace => {
    const parent = tree.parent(place);
    return { parent: parent === undefined ? null : nameOf(parent).uuid, ...tree.describe(place) };
  };
  const placeByUuid = new Map(places.map((place) => [nameOf(place).uuid, place]));
  return {
    locations: places.map(nameOf),
    ancestors: above.map((place) => {
      const { uuid, pid, path } = nameOf(place);
      return { uuid, pid, path, tree: treePlace(place) };
    }),
    notes: [],
    placeOf: (uuid) => treePlace(placeByUuid.get(uuid) as number),
    next: (shown) => {
      const isLast = shown === 0 || (shown === places.length && !hasMore);
      return isLast ? null : `${nameOf(places[shown - 1] as number).sequence}`;
    },
  };
}

const EMPTY_PAGE: TreePage = {
  locations: [],
  ancestors: [],
  notes: [],
  placeOf: () => {
    throw new Error("an empty page has no places");
  },
  next: () => null,
};

interface Named extends Location {
  readonly uuid: string;
  readonly pid: number;
  readonly path: string;
}

async function namesOf(connection: Connection, places: readonly number[]): Promise<Map<number, Named>> {
  const found = await rows<Omit<Named, "uuid"> & { place: number; uuid: object }>(
    connection,
    `SELECT t.place, t.row, t.sequence, t.uuid, t.pid, coalesce(o.path, '') AS path
    FROM job_tree t JOIN finding f ON f.id = t.program JOIN object o ON o.id = f.object
    WHERE t.place IN (SELECT unnest($places))`,
    { places: await integerList(new Set(places)) },
  );
  return new Map(found.map((row) => [row.place, { ...row, uuid: `${row.uuid}` }]));
}

/** Null when the job has no such process. */
async function placeOfUuid(connection: Connection, uuid: string): Promise<number | null> {
  const sql = "SELECT place FROM job_tree WHERE uuid = TRY_CAST($uuid AS UUID)";
  const [found] = await jsonRows<{ place: number }>(connection, sql, { uuid });
  return found?.place ?? null;
}

async function placeOfSequence(connection: Connection, sequence: bigint): Promise<number> {
  const sql = "SELECT place FROM job_tree WHERE sequence = $sequence::BIGINT";
  const [found] = await jsonRows<{ place: number }>(connection, sql, { sequence });
  if (found !== undefined) return found.place;
  throw new OgrtError("CURSOR_EXPIRED", "the process before this page is not in the job any more; begin again");
}

async function readTree(connection: Connection): Promise<JobTree> {
  const sql = "SELECT count(*) AS total FROM job_tree";
  const [counted] = await jsonRows<{ total: number }>(connection, sql);
  const tree = new JobTree(counted?.total ?? 0);
  const read = await connection.stream("SELECT parent, replaced FROM job_tree ORDER BY place");
  for await (const chunk of read) {
    const [parents = [], replaced = []] = chunk.getColumns() as [(number | null)[], (number | null)[]];
    for (let at = 0; at < parents.length; at++) tree.add(parents[at] ?? undefined, replaced[at] ?? undefined);
  }
  tree.order();
  return tree;
}

const NONE = -1;

/** A tree of processes, which are numbered by their start: parents come before their children. */
class JobTree {
  readonly #parent: Int32Array;
  readonly #level: Int32Array;
  /** Processes of each subtree, its root included. */
  readonly #size: Int32Array;
  /** Index of each process in the order of the tree: below its parent, before the next sibling of that. */
  readonly #index: Int32Array;
  /** The process at each index. */
  readonly #at: Int32Array;
  #count = 0;

  constructor(total: number) {
    this.#parent = new Int32Array(total);
    this.#level = new Int32Array(total);
    this.#size = new Int32Array(total).fill(1);
    this.#index = new Int32Array(total);
    this.#at = new Int32Array(total);
  }

  add(parent: number | undefined, replaced: number | undefined): void {
    const place = this.#count++;
    this.#parent[place] = replaced === undefined ? (parent ?? NONE) : (this.#parent[replaced] as number);
  }

  /** Orders the processes that were added. */
  order(): void {
    const parents = this.#parent;
    for (let place = this.#count - 1; place >= 0; place--) {
      const parent = parents[place] as number;
      if (parent !== NONE) this.#size[parent] = (this.#size[parent] as number) + (this.#size[place] as number);
    }
    // Where the next child of each process goes.
    const free = new Int32Array(this.#count);
    let nextTop = 0;
    for (let place = 0; place < this.#count; place++) {
      const parent = parents[place] as number;
      const index = parent === NONE ? nextTop : (free[parent] as number);
      if (parent === NONE) nextTop += this.#size[place] as number;
      else free[parent] = index + (this.#size[place] as number);
      free[place] = index + 1;
      this.#index[place] = index;
      this.#at[index] = place;
      this.#level[place] = parent === NONE ? 0 : (this.#level[parent] as number) + 1;
    }
  }

  parent(place: number): number | undefined {
    const parent = this.#parent[place] ?? NONE;
    return parent === NONE ? undefined : parent;
  }

  /** From the top of the tree. */
  ancestors(place: number): number[] {
    const above: number[] = [];
    for (let at = this.parent(place); at !== undefined; at = this.parent(at)) above.push(at);
    return above.reverse();
  }

  describe(place: number): Omit<TreePlace, "parent"> {
    const parent = this.parent(place);
    return {
      level: this.#level[place] as number,
      descendants: (this.#size[place] as number) - 1,
      isLast: this.#end(place) === (parent === undefined ? this.#count : this.#end(parent)),
    };
  }

  /** Index after the subtree of a process. */
  #end(place: number): number {
    return (this.#index[place] as number) + (this.#size[place] as number);
  }

  /** Places in the order of the tree: those below `top`, after `last`, `levels` deep. */
  page(top: number | undefined, last: number | undefined, { limit, levels = Number.POSITIVE_INFINITY }: TreeInput) {
    const [begin, end] = top === undefined ? [0, this.#count] : [this.#index[top] as number, this.#end(top)];
    const deepest = (top === undefined ? 0 : (this.#level[top] as number)) + levels - 1;
    const after = (place: number) =>
      (this.#level[place] as number) >= deepest ? this.#end(place) : (this.#index[place] as number) + 1;
    const places: number[] = [];
    let index = last === undefined ? begin : Math.max(after(last), begin);
    while (index < end && places.length < limit) {
      const place = this.#at[index] as number;
      places.push(place);
      index = after(place);
    }
    return { places, hasMore: index < end };
  }
}
