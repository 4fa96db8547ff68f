import { printable } from "../text/escape.js";

export interface TableOptions {
  /** Width from which cells no longer widen their column, so that one long path does not push the others off the screen. */
  readonly maxWidth?: number;
}

/** Rows under a heading, in columns as wide as their longest cell. Control characters in cells are escaped. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  { maxWidth = Number.POSITIVE_INFINITY }: TableOptions = {},
): string {
  const lines = [heading, ...rows].map((row) => row.map(printable));
  const widths = heading.map((_, column) =>
    lines.reduce((width, row) => Math.max(width, Math.min(row[column]?.length ?? 0, maxWidth)), 0),
  );
  const padded = (cell: string, column: number) => cell.padEnd(widths[column] ?? 0);
  return lines.map((row) => `${row.map(padded).join("  ").trimEnd()}\n`).join("");
}
