import { groupBy } from "../../../shared/group-by.js";
import { type Connection, reasonOf } from "../../database/engine.js";
import { items, listOf, rows, type StoredRow } from "../../database/rows.js";
import type { Known } from "../protocol.js";

/** Rows of each table that are read, the newest first: the older ones rarely occur again. */
const MAX_OBJECTS = 50_000;
const MAX_LISTS = 20_000;
/** Limits of each table and each entry: clients chose what is stored here, and must not make the next start fail. */
const MAX_TABLE_BYTES = 16 * 1024 * 1024;
const MAX_ENTRY_BYTES = 64 * 1024;

export async function readKnown(connection: Connection): Promise<Known> {
  const gaps: string[] = [];
  const signatures = (column: string) => `coalesce(list_sum(list_transform(${column}, x -> strlen(x) + 16)), 0)`;
  const objects = await readable<StoredRow<"object">>(
    connection,
    newest(
      "object",
      "id",
      MAX_OBJECTS,
      `sum(128 + strlen(path) + coalesce(strlen(soname), 0) + coalesce(strlen(build_id), 0) + ${signatures("signatures")})`,
    ),
    gaps,
  );
  const findings = await readable<StoredRow<"finding">>(
    connection,
    newest(
      "finding",
      "id",
      MAX_OBJECTS,
      `sum(128 + coalesce(strlen(disk_build_id), 0) + ${signatures("disk_signatures")})`,
    ),
    gaps,
  );
  const objectLists = await readable<{ list: number; position: number; finding: number }>(
    connection,
    `${newest("object_list", "list", MAX_LISTS, "count(*) * 16")} ORDER BY list, position`,
    gaps,
  );
  const textLists = await readable<{ list: number; value: string }>(
    connection,
    `${newest("text_list", "list", MAX_LISTS, "sum(strlen(value) + 32)")} ORDER BY list, position`,
    gaps,
  );
  return {
    gaps,
    objects: objects.map(({ id, path, soname, signatures, build_id, stamps_unknown }) => ({
      id,
      path: path ?? "",
      soname: soname ?? undefined,
      signatures: items(signatures),
      buildId: build_id ?? undefined,
      stampsUnknown: stamps_unknown !== null,
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
    objectLists: [...groupBy(objectLists, listOf, ({ finding }) => finding)].map(([list, members]) => ({
      list,
      members,
    })),
    textLists: [...groupBy(textLists, listOf, ({ value }) => value)].map(([list, values]) => ({ list, values })),
  };
}

/** A table that the engine lacks the memory to read is skipped: the collector then stores its values once more. */
async function readable<T extends object>(connection: Connection, sql: string, gaps: string[]): Promise<T[]> {
  try {
    return await rows<T>(connection, sql);
  } catch (error) {
    gaps.push(`a table could not be read: ${reasonOf(error)}`);
    return [];
  }
}

/** The newest entries of a table within both limits. Only their sizes are sorted, not the rows. */
function newest(table: string, key: string, entries: number, size: string): string {
  const recent = `${key} > (SELECT max(${key}) FROM ${table}) - ${entries}`;
  return `
    WITH sizes AS (SELECT ${key} AS entry, ${size} AS size FROM ${table} WHERE ${recent} GROUP BY ${key}),
    fitting AS (
      SELECT entry, sum(size) OVER (ORDER BY entry DESC) AS total FROM sizes WHERE size <= ${MAX_ENTRY_BYTES}
    )
    SELECT * FROM ${table} WHERE ${recent} AND ${key} IN (SELECT entry FROM fitting WHERE total <= ${MAX_TABLE_BYTES})`;
}
