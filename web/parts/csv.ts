import { csvLine } from "../../lib/shared/csv.js";
import type { Column } from "./data-table.js";

/** Rows as CSV, in the columns that have a value for it. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const used = columns.filter((column) => column.csv !== undefined);
  const lines = [used.map(({ name }) => name), ...rows.map((row) => used.map(({ csv }) => csv?.(row) ?? null))];
  return lines.map(csvLine).join("");
}

/** Offers a text to the user as a file. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
