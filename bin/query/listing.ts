import { type CsvCell, csvLine } from "../../lib/shared/csv.js";
import { table } from "../../lib/shared/table.js";
import { localTime } from "../../lib/shared/time.js";

/** A column: its heading for people, its name for programs, and what it shows of a row. */
export interface Column<R> {
  readonly heading: string;
  readonly name: string;
  readonly cell: (row: R) => CsvCell | readonly (string | null)[];
  /** Times are local for people, UTC for programs. */
  readonly isTime?: boolean;
}

export const column = <R>(heading: string, name: string, cell: Column<R>["cell"]): Column<R> => ({
  heading,
  name,
  cell,
});
export const timeColumn = <R>(heading: string, name: string, cell: (row: R) => string | null): Column<R> => ({
  heading,
  name,
  cell,
  isTime: true,
});

const SHOWN = 3;

export function listingTable<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  return table(
    columns.map(({ heading }) => heading),
    rows.map((row) => columns.map((one) => forPeople(one.cell(row), one.isTime === true))),
  );
}

export function listingCsv<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  const lines = [
    columns.map(({ name }) => name),
    ...rows.map((row) => columns.map(({ cell }) => forPrograms(cell(row)))),
  ];
  return lines.map(csvLine).join("");
}

function forPeople(value: CsvCell | readonly (string | null)[], isTime: boolean): string {
  if (typeof value === "object" && value !== null) return fewNames(value, value.length);
  if (value === null || value === "") return "-";
  if (isTime) return localTime(`${value}`);
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(1) : `${value}`;
}

const forPrograms = (value: CsvCell | readonly (string | null)[]): CsvCell =>
  typeof value === "object" && value !== null ? value.filter((text) => text !== null).join(" ") : value;

/** A few names, and how many more there are. */
export function fewNames(list: readonly (string | null)[], count: number): string {
  const known = list.filter((name) => name !== null);
  if (known.length === 0) return "-";
  const shown = known.slice(0, SHOWN).join(", ");
  return count > SHOWN ? `${shown} and ${count - SHOWN} more` : shown;
}
