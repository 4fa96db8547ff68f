import { csvLine } from "../../shared/csv.js";
import { table } from "../../shared/table.js";
import type { FileFinding } from "../finding.js";
import { COLUMNS, type Column } from "./columns.js";

const MAX_WIDTH = 60;

/** A table with a line for each finding, sorted by path. */
export function fileTable(findings: readonly FileFinding[], columns: readonly Column[]): string {
  const sorted = [...findings].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return table(
    columns.map((column) => column.toUpperCase()),
    sorted.map((finding) => columns.map((column) => COLUMNS[column](finding) || "-")),
    { maxWidth: MAX_WIDTH },
  );
}

/** The CSV line of a finding. */
export const fileCsv = (finding: FileFinding, columns: readonly Column[]): string =>
  csvLine(columns.map((column) => COLUMNS[column](finding)));
