import { printable } from "../text/escape.js";

export interface TableOptions {
  /** Width from which cells no longer widen their column, so that one long path does not push the others off the screen. */
  readonly maxWidth?: number;
  /** Width of the whole table: cells of the widest columns are cut in the middle until it fits. */
  readonly fit?: number;
  /** Columns that are aligned at the right, and never cut: those with numbers. */
  readonly numbers?: readonly boolean[];
  /** Colours a cell, after the table was laid out; row -1 is the heading. */
  readonly paint?: (cell: string, row: number, column: number) => string;
}

/** Columns are not cut below this width. */
const MIN_WIDTH = 10;
const GAP = "  ";

/** Rows under a heading, in columns as wide as their longest cell. Control characters in cells are escaped. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  { maxWidth = Number.POSITIVE_INFINITY, fit = Number.POSITIVE_INFINITY, numbers = [], paint }: TableOptions = {},
): string {
  const lines = [heading, ...rows].map((row) => row.map(printable));
  const widths = heading.map((_, column) =>
    lines.reduce((width, row) => Math.max(width, Math.min(row[column]?.length ?? 0, maxWidth)), 0),
  );
  const isCut = Number.isFinite(fit);
  if (isCut) narrow(widths, fit, numbers);
  return lines
    .map((row, index) => {
      const cells = row.map((cell, column) => {
        const width = widths[column] ?? 0;
        const shown = isCut ? cutInMiddle(cell, width) : cell;
        const isLast = column === row.length - 1;
        const padded = numbers[column] ? shown.padStart(width) : isLast ? shown : shown.padEnd(width);
        if (paint === undefined || shown === "") return padded;
        return padded.replace(shown, () => paint(shown, index - 1, column));
      });
      return `${cells.join(GAP).trimEnd()}\n`;
    })
    .join("");
}

/** Whether columns of these widths can be cut to a table of this width. */
export function canFit(widths: readonly number[], fit: number, numbers: readonly boolean[]): boolean {
  const least = widths.map((width, column) => (numbers[column] ? width : Math.min(width, MIN_WIDTH)));
  return totalOf(least) <= fit;
}

const totalOf = (widths: readonly number[]) =>
  widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);

/** Narrows the widest columns until the table has this width, as far as that goes. */
function narrow(widths: number[], fit: number, numbers: readonly boolean[]): void {
  for (const [column, width] of widths.entries()) if (!numbers[column]) widths[column] = Math.min(width, fit);
  for (let excess = totalOf(widths) - fit; excess > 0; excess--) {
    let widest = -1;
    for (const [column, width] of widths.entries()) {
      if (!numbers[column] && width > Math.max(MIN_WIDTH, widths[widest] ?? 0)) widest = column;
    }
    if (widest === -1) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

/** `/software/app/…/lib/libapp.so`: begin and end of a name say most. */
export function cutInMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  const signs = Array.from(text);
  const kept = Math.max(width - 1, 0);
  const end = Math.floor(kept / 2);
  return `${signs.slice(0, kept - end).join("")}…${end === 0 ? "" : signs.slice(-end).join("")}`;
}
