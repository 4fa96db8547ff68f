import type { Answer } from "../../lib/client/index.js";
import type { Column } from "../../lib/lists/column.js";
import { lossesOf, omissionsOf } from "../../lib/lists/gaps.js";
import { plural } from "../../lib/shared/plural.js";
import { table } from "../../lib/shared/table.js";
import { localTime } from "../../lib/shared/time.js";
import { printable } from "../../lib/text/escape.js";

/* What the commands print for people. Times are in the local time zone. */

const NAMES_SHOWN = 3;

export const lines = (texts: readonly string[]): string => texts.map((text) => `${printable(text)}\n`).join("");

export const shorten = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

/** `1 process`, `2 processes` */
export const counted = (count: number, noun: string): string => `${count} ${plural(count, noun)}`;

/** How many processes, jobs, users and hosts an answer is about. */
export function scope(counts: Record<"processes" | "jobs" | "users" | "hosts", number>): string {
  const { processes, jobs, users, hosts } = counts;
  const where = `in ${counted(jobs, "job")} of ${counted(users, "user")} on ${counted(hosts, "host")}`;
  return `${counted(processes, "process")} ${where}`;
}

/** The rows of a list under the headings of its columns. */
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

/** What an answer says about the data that it was made from. */
export type Coverage = Pick<Answer<"overview">, "span" | "completeness"> & { readonly next?: string | null };

/** The time span of an answer, its number of processes, what is missing from it, and the cursor of the next page. */
export function coverageLine({ span, completeness, next }: Coverage): string {
  const missing = [...lossesOf(completeness), ...omissionsOf(completeness)]
    .map(({ count, noun, state }) => `${counted(count, noun)} ${state}`)
    .join(", ");
  const until = span.until === null ? "now" : localTime(span.until);
  const from = span.since === null ? "" : `${localTime(span.since)} to ${until}, `;
  const more = next == null ? "" : `(more: --cursor ${next})\n`;
  return `(${from}${counted(completeness.processes, "process")}${missing && `; ${missing}`})\n${more}`;
}
