import type { Answer } from "../../lib/client/index.js";
import { ignoredOf, lossesOf, omissionsOf, outagesOf } from "../../lib/lists/gaps.js";
import { shortDuration } from "../../lib/shared/duration.js";
import { plural } from "../../lib/shared/plural.js";
import { localTime } from "../../lib/shared/time.js";
import { printable } from "../../lib/text/escape.js";

/* What the commands print for people. Times are in the local time zone. */

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

/** `12.5 s of CPU time (known for 3 of 5 processes)` */
export function cpuSentence(cpuSeconds: number | null, ended: number, processes: number): string {
  if (cpuSeconds === null) return "CPU time not known: no process has ended";
  const part = ended < processes ? ` (known for ${ended} of ${counted(processes, "process")})` : "";
  return `${shortDuration(cpuSeconds)} of CPU time${part}`;
}

/** What an answer says about the data that it was made from. */
export type Coverage = Pick<Answer<"overview">, "span" | "completeness"> &
  Partial<Pick<Answer<"overview">, "ignored">> & {
    readonly next?: string | null;
    /** Rows of the whole list; not known of lists of processes. */
    readonly rowCount?: number | null;
  };

/** The last line of a list that has more rows: how many there are, and how to get them. Empty for the last page. */
export function moreRows({ next, rowCount }: Pick<Coverage, "next" | "rowCount">, limit: number): string {
  if (next == null) return "";
  const all = rowCount == null ? "more rows" : `${rowCount} rows`;
  return `${all}: all of them with --csv, the next ${limit} with --cursor ${next}\n`;
}

/** The time span of an answer, its number of processes, and what is missing from it. */
export function coverageLine(answer: Coverage): string {
  const { span, completeness, ignored } = answer;
  const countedGaps = (gaps: ReturnType<typeof lossesOf>) =>
    gaps.map(({ count, noun, state }) => `${counted(count, noun)} ${state}`);
  const missing = [
    ...outagesOf(answer, localTime),
    ...countedGaps([...lossesOf(completeness), ...omissionsOf(completeness), ...ignoredOf(ignored)]),
  ].join(", ");
  const until = span.until === null ? "now" : localTime(span.until);
  const from = span.since === null ? "" : `${localTime(span.since)} to ${until}, `;
  return `(${from}${counted(completeness.processes, "process")}${missing && `; ${missing}`})\n`;
}
