import { OgrtError } from "../../lib/errors.js";
import type { Column, ColumnValue } from "../../lib/lists/column.js";
import { didYouMean } from "../../lib/shared/suggestion.js";

/** A list that is sorted here is held in memory. */
export const MAX_SORTED_ROWS = 100_000;

/** The columns that --columns names, in its order; all without it. */
export function chosenColumns<Row>(columns: readonly Column<Row>[], names: string | undefined): readonly Column<Row>[] {
  return names === undefined ? columns : names.split(",").map((name) => columnOf(columns, name));
}

/** @throws {@link OgrtError} INVALID_PARAMETER. */
function columnOf<Row>(columns: readonly Column<Row>[], name: string): Column<Row> {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const names = columns.map((column) => column.name);
  const sentence = `the list has no column "${name}"${didYouMean(name, names)}; it has ${names.join(", ")}`;
  throw new OgrtError("INVALID_PARAMETER", sentence, { value: name });
}

/**
 * How --sort compares rows: numbers and times begin with the largest, texts with the first of the alphabet; `-` in front
 * reverses that. What has no value comes last.
 */
export function rowOrder<Row>(columns: readonly Column<Row>[], sort: string): (a: Row, b: Row) => number {
  const isReversed = sort.startsWith("-");
  const { kind, value } = columnOf(columns, isReversed ? sort.slice(1) : sort);
  const isText = kind === "text" || kind === "path" || kind === "names";
  const sign = isText === isReversed ? -1 : 1;
  return (a, b) => {
    const [first, second] = [comparable(value(a)), comparable(value(b))];
    if (first === second) return 0;
    if (first === null) return 1;
    if (second === null) return -1;
    return sign * (first < second ? -1 : 1);
  };
}

const comparable = (value: ColumnValue): string | number | null =>
  typeof value === "object" && value !== null ? value.join("; ") : value;
