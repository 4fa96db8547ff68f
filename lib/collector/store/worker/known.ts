import type { Connection } from "../../database/engine.js";
import { items, rows, type StoredRow } from "../../database/rows.js";

/** What a store holds already, so that a restarted collector points at it instead of storing it once more. */
export interface Known {
  /** What could not be read, in words. */
  readonly gaps: readonly string[];
  readonly objects: readonly KnownObject[];
  readonly findings: readonly KnownFinding[];
  readonly objectLists: readonly { readonly list: number; readonly members: readonly number[] }[];
  readonly textLists: readonly { readonly list: number; readonly values: readonly string[] }[];
}

export interface KnownObject {
  readonly id: number;
  readonly path: string;
  readonly soname: string | undefined;
  readonly signatures: readonly string[];
  readonly buildId: string | undefined;
}

export interface KnownFinding {
  readonly id: number;
  readonly object: number;
  readonly verdict: string;
  readonly reason: string | undefined;
  readonly compared: string | undefined;
  readonly onDisk: { readonly signatures: readonly string[]; readonly buildId: string | undefined } | undefined;
}

/** The newest rows of each table that are worth to be known; the older ones are rarely met again. */
const OBJECTS = 50_000;
const LISTS = 20_000;
/**
 * Bytes that are read of each table, and of one entry: everything here was once written by somebody who may have wanted
 * the next start to fail.
 */
const BUDGET = 16 * 1024 * 1024;
const ENTRY_LIMIT = 64 * 1024;

export async function readKnown(connection: Connection): Promise<Known> {
  const gaps: string[] = [];
  const signatures = (column: string) => `coalesce(list_sum(list_transform(${column}, x -> strlen(x) + 16)), 0)`;
  const objects = await readable<StoredRow<"object">>(
    connection,
    newest(
      "object",
      "id",
      OBJECTS,
      `sum(128 + strlen(path) + coalesce(strlen(soname), 0) + coalesce(strlen(build_id), 0) + ${signatures("signatures")})`,
    ),
    gaps,
  );
  const findings = await readable<StoredRow<"finding">>(
    connection,
    newest(
      "finding",
      "id",
      OBJECTS,
      `sum(128 + coalesce(strlen(disk_build_id), 0) + ${signatures("disk_signatures")})`,
    ),
    gaps,
  );
  const objectLists = await readable<{ list: number; position: number; finding: number }>(
    connection,
    `${newest("object_list", "list", LISTS, "count(*) * 16")} ORDER BY list, position`,
    gaps,
  );
  const textLists = await readable<{ list: number; value: string }>(
    connection,
    `${newest("text_list", "list", LISTS, "sum(strlen(value) + 32)")} ORDER BY list, position`,
    gaps,
  );
  return {
    gaps,
    objects: objects.map(({ id, path, soname, signatures, build_id }) => ({
      id,
      path: path ?? "",
      soname: soname ?? undefined,
      signatures: items(signatures),
      buildId: build_id ?? undefined,
    })),
    findings: findings.map((row) => ({
      id: row.id,
      object: row.object,
      verdict: row.verdict ?? "",
      reason: row.reason ?? undefined,
      compared: row.compared ?? undefined,
      onDisk:
        row.disk_signatures === null
          ? undefined
          : { signatures: items(row.disk_signatures), buildId: row.disk_build_id ?? undefined },
    })),
    objectLists: byList(objectLists, ({ finding }) => finding).map(([list, members]) => ({ list, members })),
    textLists: byList(textLists, ({ value }) => value).map(([list, values]) => ({ list, values })),
  };
}

/** What the engine has not the memory to read (thousands of long texts in a row) is stored once more, and that is all. */
async function readable<T extends object>(connection: Connection, sql: string, gaps: string[]): Promise<T[]> {
  try {
    return await rows<T>(connection, sql, {});
  } catch (error) {
    const [reason] = (error as Error).message.split("\n", 1);
    gaps.push(`goes on without a part of what the store knows: ${reason}`);
    return [];
  }
}

/** The newest entries of a table that are not too long and together fit into the budget. Only their sizes are sorted. */
function newest(table: string, key: string, entries: number, size: string): string {
  const recent = `${key} > (SELECT max(${key}) FROM ${table}) - ${entries}`;
  return `
    WITH sizes AS (SELECT ${key} AS entry, ${size} AS size FROM ${table} WHERE ${recent} GROUP BY ${key}),
    fitting AS (
      SELECT entry, sum(size) OVER (ORDER BY entry DESC) AS total FROM sizes WHERE size <= ${ENTRY_LIMIT}
    )
    SELECT * FROM ${table} WHERE ${recent} AND ${key} IN (SELECT entry FROM fitting WHERE total <= ${BUDGET})`;
}

/** Rows that are sorted by list, as one array a list. */
function byList<R extends { list: number }, T>(sorted: R[], map: (row: R) => T): [number, T[]][] {
  const groups: [number, T[]][] = [];
  for (const row of sorted) {
    const last = groups.at(-1);
    if (last?.[0] === row.list) last[1].push(map(row));
    else groups.push([row.list, [map(row)]]);
  }
  return groups;
}
