import { type CsvCell, csvLine } from "../shared/csv.js";
import type { Column, ColumnValue } from "./column.js";

/** Rows as CSV, with the names of the columns. Times are in UTC; several names in one cell are separated by semicolons. */
export function listCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const fields = columns.flatMap(({ name, value, countedBy }) => [
    { name, cell: (row: Row) => cellOf(value(row)) },
    ...(countedBy === undefined ? [] : [{ name: countedBy, cell: (row: Row) => row[countedBy] as number }]),
  ]);
  return [fields.map(({ name }) => name), ...rows.map((row) => fields.map(({ cell }) => cell(row)))]
    .map(csvLine)
    .join("");
}

const cellOf = (value: ColumnValue): CsvCell =>
  typeof value === "object" && value !== null ? value.filter((name) => name !== null).join("; ") : value;
