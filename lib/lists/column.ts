import type { Answer, OperationName } from "../client/index.js";

/*
 * Each list of an answer is described once. ogrt-query prints its tables and CSV from the description, and the collector's
 * page shows its tables and saves its CSV from it.
 */

/** How a column is shown: `duration` is in seconds, `time` is in UTC (RFC 3339), `names` are several texts. */
export type ColumnKind = "text" | "path" | "number" | "duration" | "time" | "names";

export type ColumnValue = string | number | null | readonly (string | null)[];

export interface Column<Row> {
  /** Heading of the column in CSV. Columns that show a member of the row have its name. */
  readonly name: string;
  /** Heading for people. */
  readonly heading: string;
  readonly kind: ColumnKind;
  readonly value: (row: Row) => ColumnValue;
  /** Member that counts the names, for answers that list only some of them. It is a separate column in CSV. */
  readonly countedBy?: keyof Row & string;
  /** True for columns that small screens leave out. */
  readonly isDetail?: boolean;
}

type RowOf<N extends OperationName, K extends keyof Answer<N>> = Answer<N>[K] extends readonly (infer Row)[]
  ? Row
  : never;

export interface List<N extends OperationName, K extends keyof Answer<N>, Row = RowOf<N, K>> {
  readonly question: N;
  /** The member of the answer that is the list. */
  readonly rows: K;
  readonly columns: readonly Column<Row>[];
}

export const list = <N extends OperationName, K extends keyof Answer<N>, Row = RowOf<N, K>>(
  question: N,
  rows: K,
  columns: readonly Column<NoInfer<Row>>[],
): List<N, K, Row> => ({ question, rows, columns });

export const computed = <Row>(
  name: string,
  heading: string,
  kind: ColumnKind,
  value: Column<Row>["value"],
): Column<Row> => ({ name, heading, kind, value });

const member =
  <Value extends ColumnValue>(kind: ColumnKind) =>
  <Name extends string>(name: Name, heading: string): Column<Readonly<Record<Name, Value>>> =>
    computed(name, heading, kind, (row) => row[name]);

export const text = member<string | null>("text");
export const path = member<string | null>("path");
export const number = member<number>("number");
export const duration = member<number>("duration");
export const time = member<string | null>("time");

export const names = <Name extends string, Count extends string = never>(
  name: Name,
  heading: string,
  countedBy?: Count,
): Column<Readonly<Record<Name, readonly (string | null)[]> & Record<Count, number>>> => ({
  ...computed(name, heading, "names", (row) => row[name]),
  ...(countedBy !== undefined && { countedBy }),
});

/** A column that small screens leave out. */
export const detail = <Row>(column: Column<Row>): Column<Row> => ({ ...column, isDetail: true });
