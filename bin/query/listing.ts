import type { Column } from "../../lib/lists/column.js";
import { table } from "../../lib/shared/table.js";
import { localTime } from "../../lib/shared/time.js";

const NAMES_SHOWN = 3;

/** A list for people; times are in the local time zone. */
export const listingTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  table(
    columns.map(({ heading }) => heading.toUpperCase()),
    rows.map((row) => columns.map((column) => cellOf(column, row))),
  );

function cellOf<Row>({ kind, value, countedBy }: Column<Row>, row: Row): string {
  const shown = value(row);
  if (shown === null || shown === "") return "-";
  if (typeof shown === "object") return fewNames(shown, countedBy && (row[countedBy] as number));
  if (kind === "time") return localTime(`${shown}`);
  if (typeof shown === "string") return shown;
  return `${Number.isInteger(shown) ? shown : shown.toFixed(1)}${kind === "duration" ? " s" : ""}`;
}

function fewNames(list: readonly (string | null)[], count = list.length): string {
  const known = list.filter((name) => name !== null);
  if (known.length === 0) return "-";
  const shown = known.slice(0, NAMES_SHOWN).join(", ");
  return count > NAMES_SHOWN ? `${shown} and ${count - NAMES_SHOWN} more` : shown;
}
