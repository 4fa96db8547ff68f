import { csvLine } from "../../shared/csv.js";
import { table } from "../../shared/table.js";
import type { FileFinding } from "../finding.js";
import { COLUMNS, type Column } from "./columns.js";

const MAX_WIDTH = 60;

/**
 * A table with a line for each finding, sorted by path.
 *
 * @param fit - width of the table, in which cells are cut; undefined: none is cut.
 */
export function fileTable(findings: readonly FileFinding[], columns: readonly Column[], fit?: number): string {
  const sorted = [...findings].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return table(
    columns.map((column) => column.toUpperCase()),
    sorted.map((finding) => columns.map((column) => COLUMNS[column](finding) || "-")),
    { ...(fit === undefined ? { maxWidth: MAX_WIDTH } : { fit }), numbers: columns.map((column) => column === "size") },
  );
}

/** The CSV line of a finding. */
export const fileCsv = (finding: FileFinding, columns: readonly Column[]): string =>
  csvLine(columns.map((column) => COLUMNS[column](finding)));
