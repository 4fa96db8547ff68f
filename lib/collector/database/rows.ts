import { isoTime } from "../frames/json.js";
import { type Connection, type EngineValue, loadEngine } from "./engine.js";
import type { TABLES, TableName } from "./schema.js";

/** A list as DuckDB returns it. */
export interface StoredList<T = string> {
  readonly items: readonly T[];
}

/** The JavaScript value that a query returns for a column of each type. */
interface StoredTypes {
  VARCHAR: string | null;
  "VARCHAR[]": StoredList | null;
  INTEGER: number;
  UINTEGER: number | null;
  BIGINT: bigint | null;
  UBIGINT: bigint | null;
  /** Its `toString` gives the usual form of 36 characters. */
  UUID: object;
  TIMESTAMP_NS: object | null;
}

/** A row of a table. */
export type StoredRow<T extends TableName> = {
  [C in keyof (typeof TABLES)[T]]: (typeof TABLES)[T][C] extends keyof StoredTypes
    ? StoredTypes[(typeof TABLES)[T][C]]
    : never;
};

/** Values of a statement's parameters, by name. */
export type SqlValues = Record<string, EngineValue>;

/** A part of a statement, with the values of its parameters. */
export interface SqlFragment {
  readonly sql: string;
  readonly values: SqlValues;
}

/**
 * Runs a query and returns its rows, with columns by name; the caller states their type. Values are always passed as
 * parameters, never as text. Those that the statement does not use are left out, because DuckDB would refuse them.
 */
export async function rows<T extends object>(
  connection: Connection,
  sql: string,
  values: SqlValues = {},
): Promise<T[]> {
  return (await connection.runAndReadAll(sql, used(sql, values))).getRowObjects() as unknown as T[];
}

/**
 * Runs a query whose columns are named as the fields of an answer, and returns its rows as JSON: counts as numbers, lists as
 * arrays, times as text. Values as for {@link rows}.
 */
export async function jsonRows<T extends object>(
  connection: Connection,
  sql: string,
  values?: SqlValues,
): Promise<T[]> {
  const found = await rows<Record<string, unknown>>(connection, sql, values);
  return found.map(
    (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, jsonValue(value)])) as T,
  );
}

/** Like {@link jsonRows}, for a query that returns exactly one row, as aggregates without GROUP BY do. */
export async function jsonRow<T extends object>(connection: Connection, sql: string, values?: SqlValues): Promise<T> {
  const [row] = await jsonRows<T>(connection, sql, values);
  return row as T;
}

function jsonValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  return "items" in value ? value.items : isoTime((value as { nanos: bigint }).nanos);
}

/** Runs a statement that returns no rows. Values as for {@link rows}. */
export async function execute(connection: Connection, sql: string, values: SqlValues = {}): Promise<void> {
  await connection.run(sql, used(sql, values));
}

/** The values whose parameter `$name` occurs in a statement. */
function used(sql: string, values: SqlValues): SqlValues {
  const names = new Set(Array.from(sql.matchAll(/\$(\w+)/g), ([, name]) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

/** Elements of a list; none for NULL. */
export function items<T = string>(list: StoredList<T> | null): T[] {
  return list === null ? [] : [...list.items];
}

/* Keys by which rows are grouped. */
export const listOf = ({ list }: { list: number }): number => list;
export const uuidOf = ({ uuid }: { uuid: object }): string => `${uuid}`;

/** Ids or list numbers as a parameter. An empty list would have no type: it becomes one of -1, which no row has. */
export async function integerList(numbers: Iterable<number>): Promise<EngineValue> {
  const all = [...numbers];
  return (await loadEngine()).listValue(all.length === 0 ? [-1] : all);
}
