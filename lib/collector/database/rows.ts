import type { Connection, EngineValue } from "./engine.js";
import type { TABLES, TableName } from "./schema.js";

/** A list as DuckDB hands it out. */
export interface StoredList<T = string> {
  readonly items: readonly T[];
}

/** What a query gives for a column of each type. */
interface StoredTypes {
  VARCHAR: string | null;
  "VARCHAR[]": StoredList | null;
  INTEGER: number;
  UINTEGER: number | null;
  BIGINT: bigint | null;
  UBIGINT: bigint | null;
  /** Has a `toString` that gives the usual spelling. */
  UUID: object;
  TIMESTAMP_NS: object | null;
}

/** A row as it comes out of a table. */
export type StoredRow<T extends TableName> = {
  [C in keyof (typeof TABLES)[T]]: (typeof TABLES)[T][C] extends keyof StoredTypes
    ? StoredTypes[(typeof TABLES)[T][C]]
    : never;
};

/**
 * Rows by column name; the caller says what they look like. Values go in as parameters only, never as text; those that the
 * statement does not name are left out.
 */
export async function rows<T extends object>(
  connection: Connection,
  sql: string,
  values: Record<string, EngineValue>,
): Promise<T[]> {
  return (await connection.runAndReadAll(sql, namedIn(sql, values))).getRowObjects() as unknown as T[];
}

/** Those of the values that a statement names as `$name`. */
export function namedIn(sql: string, values: Record<string, EngineValue>): Record<string, EngineValue> {
  const names = new Set(Array.from(sql.matchAll(/\$(\w+)/g), ([, name]) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

/** Elements of a list; none for NULL. */
export function items<T = string>(list: StoredList<T> | null): T[] {
  return list === null ? [] : [...list.items];
}
