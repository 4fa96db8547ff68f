/**
 * Rows as CSV (RFC 4180), with the names of their columns. Texts are reversible text, as in JSON; those that a spreadsheet
 * would take for a formula get an apostrophe in front: whoever sent them may have wished for that.
 */
export function csv(heading: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [heading, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

export type Cell = string | number | boolean | null;

function field(value: Cell): string {
  if (typeof value !== "string") return value === null ? "" : `${value}`;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
