import { groupBy } from "../../shared/group-by.js";
import type { Connection } from "../database/engine.js";
import { integerList, listOf, rows } from "../database/rows.js";
import { MAX_LIST_OBJECTS } from "../database/schema.js";
import { OBJECT_COLUMNS, type ObjectRow, objectOf } from "../database/shapes.js";
import type { Naming, ObjectJson } from "../frames/json.js";
import { elementsToRead, elementsWithin, listsWithin, type Share, takeShare } from "./list-budgets.js";

/* Lists that processes refer to. A list that several processes use is read once. */

/** Limits the environments and modules in one answer. */
const MAX_TEXT_BYTES = 8 * 1024 * 1024;

/** The lists of some uses. */
export interface Lists<T> {
  /** Returns the lists one by one, in the order of the uses. */
  readonly next: () => { elements: T[]; total: number };
  /** True when elements were left out. */
  readonly truncated: boolean;
}

/** Reads lists of objects. @param uses - the list of each use; a list may occur several times. */
export async function readObjectLists(
  connection: Connection,
  uses: readonly number[],
  naming: Naming,
): Promise<Lists<ObjectJson>> {
  const sizes = await rows<{ list: number; elements: number }>(
    connection,
    "SELECT list, count(*)::INTEGER AS elements FROM object_list WHERE list IN (SELECT unnest($lists)) GROUP BY list",
    { lists: await integerList(new Set(uses)) },
  );
  const sizeOf = new Map(sizes.map(({ list, elements }) => [list, elements]));
  const shares = elementsWithin(MAX_LIST_OBJECTS, uses, sizeOf);
  const wanted = elementsToRead(shares);
  const members = await rows<ObjectRow & { list: number }>(
    connection,
    `SELECT l.list, ${OBJECT_COLUMNS} FROM object_list l
    JOIN (SELECT unnest($lists) AS list, unnest($counts) AS wanted) w ON l.list = w.list AND l.position < w.wanted
    JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object
    WHERE l.list IN (SELECT unnest($lists)) ORDER BY l.list, l.position`,
    { lists: await integerList(wanted.keys()), counts: await integerList(wanted.values()) },
  );
  return handOut(
    shares,
    groupBy(members, listOf, (row) => objectOf(row, naming)),
  );
}

/** Reads lists of texts. @param uses - as for {@link readObjectLists}. */
export async function readTextLists(connection: Connection, uses: readonly number[]): Promise<Lists<string>> {
  const sizes = await rows<{ list: number; elements: number; bytes: bigint }>(
    connection,
    `SELECT list, count(*)::INTEGER AS elements, sum(strlen(value) + 16)::BIGINT AS bytes
    FROM text_list WHERE list IN (SELECT unnest($lists)) GROUP BY list`,
    { lists: await integerList(new Set(uses)) },
  );
  const sizeOf = new Map(sizes.map(({ list, elements, bytes }) => [list, { elements, bytes: Number(bytes) }]));
  const shares = listsWithin(MAX_TEXT_BYTES, uses, sizeOf);
  const members = await rows<{ list: number; value: string }>(
    connection,
    "SELECT list, value FROM text_list WHERE list IN (SELECT unnest($lists)) ORDER BY list, position",
    { lists: await integerList(elementsToRead(shares).keys()) },
  );
  return handOut(
    shares,
    groupBy(members, listOf, ({ value }) => value),
  );
}

function handOut<T>(shares: readonly Share[], elementsOf: ReadonlyMap<number, readonly T[]>): Lists<T> {
  let at = 0;
  return {
    next: () => {
      const share = shares[at++];
      return share === undefined
        ? { elements: [], total: 0 }
        : { elements: takeShare(share, elementsOf), total: share.total };
    },
    truncated: shares.some(({ taken, total }) => taken < total),
  };
}
