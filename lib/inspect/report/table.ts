import { printable } from "../../text/escape.js";
import type { FileFinding } from "../finding.js";
import { COLUMNS, type Column } from "./columns.js";

/** Wider cells are not padded for: one long path must not push all others off the screen. */
const MAX_WIDTH = 60;

/** A line for each finding below a line of titles, columns aligned; sorted by path. */
export function table(findings: readonly FileFinding[], columns: readonly Column[]): string {
  const sorted = [...findings].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const rows = sorted.map((finding) => columns.map((column) => printable(COLUMNS[column](finding)) || "-"));
  const all = [columns.map((column) => column.toUpperCase()), ...rows];
  const widths = columns.map((_, index) =>
    all.reduce((width, row) => Math.max(width, Math.min(row[index]?.length ?? 0, MAX_WIDTH)), 0),
  );
  return all
    .map(
      (row) =>
        `${row
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** Fields in quotes where RFC 4180 asks for them; lines end with CRLF as it says. */
export const csvRow = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;

/** The CSV line of a finding. Cells that a spreadsheet would take for a formula are left as they are: paths are data. */
export const csv = (finding: FileFinding, columns: readonly Column[]): string =>
  csvRow(columns.map((column) => COLUMNS[column](finding)));
