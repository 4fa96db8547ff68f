import { type Column, type ColumnValue, partOf, tableColumnsOf } from "../../lib/lists/column.js";
import { shortBytes } from "../../lib/shared/bytes.js";
import { shortDuration } from "../../lib/shared/duration.js";
import { canFit, table } from "../../lib/shared/table.js";
import { localTime } from "../../lib/shared/time.js";
import { VERDICT_SEVERITY, type Verdict } from "../../lib/shared/verdicts.js";
import { type Meaning, painter, terminalWidth } from "../shared/terminal.js";

const NAMES_SHOWN = 3;
/** Width from which a text no longer widens its column: anybody may report a path of 4 KB. */
const MAX_WIDTH = 100;

export interface TableView {
  /** Width that the table must fit; undefined for none. */
  readonly width: number | undefined;
  readonly paint: ReturnType<typeof painter>;
}

/** How tables are shown here. @param isWide - true to show all of every cell. */
export const tableView = (isWide: boolean): TableView => ({
  width: isWide ? undefined : terminalWidth(),
  paint: painter(),
});

/** The rows of a list under the headings of its columns. */
export function listingTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width, paint }: TableView = tableView(false),
): string {
  const shown = fittingColumns(tableColumnsOf(columns, rows), rows, width);
  return table(
    shown.map(({ heading }) => heading.toUpperCase()),
    rows.map((row) => shown.map((column) => cellOf(column, row))),
    {
      maxWidth: MAX_WIDTH,
      numbers: shown.map(isNumeric),
      ...(width !== undefined && { fit: width }),
      ...(paint !== undefined && {
        paint: (cell: string, row: number, column: number) => {
          const meaning = row === -1 ? "heading" : meaningOf(shown[column], rows[row]);
          return meaning === undefined ? cell : paint(cell, meaning);
        },
      }),
    },
  );
}

/** The columns that fit the width when cells are cut: without the last details, if need be. */
function fittingColumns<Row>(columns: Column<Row>[], rows: readonly Row[], width: number | undefined): Column<Row>[] {
  const shown = [...columns];
  const widthOf = (column: Column<Row>) =>
    rows.reduce((most, row) => Math.max(most, cellOf(column, row).length), column.heading.length);
  while (width !== undefined && !canFit(shown.map(widthOf), width, shown.map(isNumeric))) {
    const last = shown.findLastIndex(({ isDetail }) => isDetail);
    if (last === -1) break;
    shown.splice(last, 1);
  }
  return shown;
}

const isNumeric = <Row>({ kind }: Column<Row>) => kind === "number" || kind === "bytes" || kind === "duration";

const MEANINGS: Readonly<Record<string, Meaning | undefined>> = { suspicious: "bad", informative: "doubtful" };

function meaningOf<Row>(column: Column<Row> | undefined, row: Row | undefined): Meaning | undefined {
  if (column === undefined || row === undefined) return undefined;
  const value = column.value(row);
  if (value === null || value === "") return "unimportant";
  if (!column.isVerdict) return undefined;
  const meanings = textsOf(value).map(verdictMeaning);
  return meanings.find((meaning) => meaning === "bad") ?? meanings.find((meaning) => meaning !== undefined);
}

const textsOf = (value: ColumnValue): string[] => (Array.isArray(value) ? value : [value]).map((text) => `${text}`);

/** A verdict that the collector does not decide, such as conflict, is listed because it is bad. */
export function verdictMeaning(verdict: string): Meaning | undefined {
  if (verdict === "verified") return "good";
  const severity = VERDICT_SEVERITY[verdict as Verdict] ?? "suspicious";
  return MEANINGS[severity];
}

function cellOf<Row>(column: Column<Row>, row: Row): string {
  const { kind, value, countedBy } = column;
  const shown = value(row);
  if (shown === null || shown === "") return "-";
  if (typeof shown === "object") return fewNames(shown, countedBy && (row[countedBy] as number));
  if (kind === "time") return localTime(`${shown}`);
  if (typeof shown === "string") return shown;
  if (kind === "duration") return `${shortDuration(shown)}${inPart(partOf(column, row))}`;
  if (kind === "bytes") return shortBytes(shown);
  return Number.isInteger(shown) ? `${shown}` : shown.toFixed(1);
}

const inPart = (part: ReturnType<typeof partOf>) => (part === undefined ? "" : ` (${part.known} of ${part.all})`);

function fewNames(list: readonly (string | null)[], count = list.length): string {
  const known = list.filter((name) => name !== null);
  if (known.length === 0) return "-";
  const shown = known.slice(0, NAMES_SHOWN).join(", ");
  return count > NAMES_SHOWN ? `${shown} and ${count - NAMES_SHOWN} more` : shown;
}
