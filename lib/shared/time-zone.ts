/* Wall clocks: what a clock on the wall shows in a time zone, by the time zone data of the platform (ECMA-402). */

/** Year, month (1 to 12), day, hour, minute and second. */
export type WallClock = readonly [
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
];

const FIELDS = ["year", "month", "day", "hour", "minute", "second"] as const;
const SECOND_MS = 1000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a time zone that the platform does not know. */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    const fields = Object.fromEntries(FIELDS.map((field) => [field, "numeric"]));
    format = new Intl.DateTimeFormat("en", { ...fields, timeZone: zone, hourCycle: "h23", calendar: "iso8601" });
    formats.set(zone, format);
  }
  return format;
}

/** Whether the platform knows a time zone, such as `UTC` or `Europe/Berlin` (IANA). */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What clocks show at a time. @param zone - that of this process by default. */
export function wallClock(time: Date, zone?: string): WallClock {
  if (zone === undefined) {
    const days = [time.getFullYear(), time.getMonth() + 1, time.getDate()] as const;
    return [...days, time.getHours(), time.getMinutes(), time.getSeconds()];
  }
  const parts = formatOf(zone).formatToParts(time);
  const numberOf = (field: string) => Number(parts.find(({ type }) => type === field)?.value);
  return FIELDS.map(numberOf) as unknown as WallClock;
}

/**
 * The time at which clocks show this. Fields may be beyond their range, such as day 0. Of an hour that a clock shows twice,
 * one of both; of one that it leaves out, the hour after or before it.
 */
export function timeOf([year, month, day, hour, minute, second]: WallClock, zone?: string): Date {
  if (zone === undefined) return new Date(year, month - 1, day, hour, minute, second);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  // The offset at the wanted time is that at a time near it, unless it changes in between.
  let time = wall;
  for (let tries = 0; tries < 2; tries++) time = wall - offsetMs(time, zone);
  return new Date(time);
}

/** How far clocks of a zone are ahead of UTC, in milliseconds. */
function offsetMs(time: number, zone: string): number {
  const [year, month, day, hour, minute, second] = wallClock(new Date(time), zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / SECOND_MS) * SECOND_MS;
}
