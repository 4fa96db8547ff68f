import type { Answer, Input } from "../../lib/client/index.js";
import { client } from "./answers.js";

/*
 * The use of software by day, from several answers: all of it, and that of the software with most CPU time. Views show it by day or,
 * of a longer time, by month.
 */

type Sums = Pick<Answer<"software">["periods"][number], "period" | "runs" | "cpuSeconds">;
export type Unit = "day" | "month";

export interface SoftwareDays {
  /** All use by day, oldest first. */
  readonly days: readonly Sums[];
  /** The software with most CPU time. */
  readonly top: readonly { readonly software: string; readonly days: readonly Sums[] }[];
}

/** As many as a chart can show with all others as one more. */
const MAX_TOP = 7;
const MAX_ROWS = 1000;
/** Above this, bars are months. */
const MAX_DAYS = 92;
const MAX_BARS = 120;
const DAY_MS = 86_400_000;

type Question = Omit<Input<"software">, "by" | "period" | "limit" | "cursor">;

/** One question after the other: the collector answers others between them. */
export async function softwareDays(question: Question): Promise<SoftwareDays> {
  const { periods: days } = await client.software({ ...question, period: "day", limit: 1 });
  const { software } = await client.software({ ...question, by: "cpu", limit: MAX_TOP });
  const top: SoftwareDays["top"][number][] = [];
  for (const { software: name, cpuSeconds } of software) {
    if ((cpuSeconds ?? 0) === 0) continue;
    const found = await client.software({ ...question, name, period: "day", by: "cpu", limit: MAX_ROWS });
    const rows = found.software.filter(({ software }) => software === name);
    top.push({ software: name, days: rows.map((row) => ({ ...row, period: row.period ?? "" })) });
  }
  return { days, top };
}

/** The days or months of a chart, oldest first, also those without use between them. */
export function periodsOf(days: readonly Sums[], wanted: Unit | undefined): string[] {
  // Clients claim when processes started; nothing starts tomorrow.
  const today = new Date().toISOString().slice(0, 10);
  const used = days.map(({ period }) => period).filter((day) => day <= today);
  const [first, last] = [used[0], used.at(-1)];
  if (first === undefined || last === undefined) return [];
  const length = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  const unit = wanted ?? (length <= MAX_DAYS ? "day" : "month");
  const periods: string[] = [];
  for (let at = new Date(last); periods.length < MAX_BARS; at = before(at, unit)) {
    const period = at.toISOString().slice(0, unit === "day" ? 10 : 7);
    if (period < first.slice(0, period.length)) break;
    periods.push(period);
  }
  return periods.reverse();
}

const before = (time: Date, unit: Unit): Date =>
  unit === "day"
    ? new Date(time.getTime() - DAY_MS)
    : new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - 1, 1));

/** One value for each period. */
export function valuesIn(periods: readonly string[], days: readonly Sums[], amountOf: (day: Sums) => number): number[] {
  const sums = new Map(periods.map((period) => [period, 0]));
  for (const day of days) {
    const period = day.period.slice(0, periods[0]?.length);
    const sum = sums.get(period);
    if (sum !== undefined) sums.set(period, sum + amountOf(day));
  }
  return [...sums.values()];
}

export const coreHoursOf = ({ cpuSeconds }: Sums): number => (cpuSeconds ?? 0) / 3600;
