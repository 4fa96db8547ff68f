import { type CsvCell, csvLine } from "../shared/csv.js";
import type { Column, ColumnValue } from "./column.js";

/** The columns of a list as CSV. Times are in UTC; several names in one cell are separated by semicolons. */
export interface ListCsv<Row> {
  /** The line with the names of the columns. */
  readonly heading: string;
  readonly lines: (rows: readonly Row[]) => string;
}

export function listCsv<Row>(columns: readonly Column<Row>[]): ListCsv<Row> {
  const fields = columns.flatMap(({ name, value, countedBy }) => [
    { name, cell: (row: Row) => cellOf(value(row)) },
    ...(countedBy === undefined ? [] : [{ name: countedBy, cell: (row: Row) => row[countedBy] as number }]),
  ]);
  return {
    heading: csvLine(fields.map(({ name }) => name)),
    lines: (rows) => rows.map((row) => csvLine(fields.map(({ cell }) => cell(row)))).join(""),
  };
}

const cellOf = (value: ColumnValue): CsvCell =>
  typeof value === "object" && value !== null ? value.filter((name) => name !== null).join("; ") : value;
