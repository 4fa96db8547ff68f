import type { Connection } from "./engine.js";
import { items, rows, type StoredRow } from "./rows.js";

/** What a store holds already, so that a restarted collector points at it instead of storing it once more. */
export interface Known {
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

export async function readKnown(connection: Connection): Promise<Known> {
  const objects = await rows<StoredRow<"object">>(connection, "FROM object ORDER BY id DESC LIMIT $limit", {
    limit: OBJECTS,
  });
  const findings = await rows<StoredRow<"finding">>(connection, "FROM finding ORDER BY id DESC LIMIT $limit", {
    limit: OBJECTS,
  });
  const objectLists = await rows<{ list: number; position: number; finding: number }>(
    connection,
    `FROM object_list WHERE list > (SELECT max(list) FROM object_list) - $limit ORDER BY list, position`,
    { limit: LISTS },
  );
  const textLists = await rows<{ list: number; value: string }>(
    connection,
    `FROM text_list WHERE list > (SELECT max(list) FROM text_list) - $limit ORDER BY list, position`,
    { limit: LISTS },
  );
  return {
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
