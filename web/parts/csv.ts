import type { Column } from "./data-table.js";

/**
 * Rows as CSV (RFC 4180). Names come from processes that may wish somebody harm: a text that a spreadsheet would take
 * for a formula is given an apostrophe, by which it stays a text.
 */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const used = columns.filter((column) => column.csv !== undefined);
  const lines = [
    used.map(({ name }) => quoted(name)),
    ...rows.map((row) => used.map(({ csv }) => quoted(csv?.(row) ?? null))),
  ];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

function quoted(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return `${value}`;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Offers a text as a file to keep. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
