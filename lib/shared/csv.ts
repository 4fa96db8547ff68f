import { printable } from "../text/escape.js";

export type CsvCell = string | number | boolean | null;

/**
 * A line of CSV (RFC 4180), in printable text. Many names come from processes of other users: a text that a spreadsheet
 * would take for a formula gets an apostrophe in front, which makes it a text there.
 */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(field).join(",")}\r\n`;

function field(cell: CsvCell): string {
  if (typeof cell !== "string") return cell === null ? "" : `${cell}`;
  const safe = printable(cell);
  const text = /^[=+\-@]/.test(safe) ? `'${safe}` : safe;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
