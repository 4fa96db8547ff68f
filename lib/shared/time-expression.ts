import { timeOf, wallClock } from "./time-zone.js";

/* Times as people type them. The answers take absolute times only, because they do not know the time zone of a person. */

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Units by their first letter. */
const UNITS_MS = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS } as const;
/** `7d`, `7 days`, `7 days ago` */
const AGO = /^(\d{1,5}) ?(?:([smhdw])|(s)ec(?:ond)?s?|(m)in(?:ute)?s?|(h)ours?|(d)ays?|(w)eeks?)(?: ago)?$/;
/** A day, or a day and a time, without a time zone. */
const LOCAL = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/;
/** A time with `Z` or an offset. */
const ABSOLUTE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** The forms that {@link absoluteTime} understands, for messages. */
export const TIME_FORMS = "7d, 12h, 30m, yesterday, today, 2026-11-22, 2026-11-22T08:00 or 2026-11-22T08:00:00Z";

/**
 * The time that a person means, as an ISO time in UTC. Times with `Z` or an offset are returned unchanged. Undefined when the
 * text is no time.
 *
 * @param zone - the time zone of days and clocks; that of this process by default.
 */
export function absoluteTime(text: string, now: Date, zone?: string): string | undefined {
  if (ABSOLUTE.test(text)) return text;
  if (text === "now") return now.toISOString();
  if (text === "today") return midnight(now, 0, zone);
  if (text === "yesterday") return midnight(now, -1, zone);
  const [ago, count, ...units] = AGO.exec(text) ?? [];
  if (ago !== undefined) {
    const unit = units.find((letter) => letter !== undefined) as keyof typeof UNITS_MS;
    return new Date(now.getTime() - Number(count) * UNITS_MS[unit]).toISOString();
  }
  const [local, day = "", clock = "00:00"] = LOCAL.exec(text) ?? [];
  return local === undefined ? undefined : localTimeToUtc(day, clock, zone);
}

/** The first moment of today, or of a day before or after it. */
function midnight(now: Date, days: number, zone?: string): string {
  const [year, month, day] = wallClock(now, zone);
  return timeOf([year, month, day + days, 0, 0, 0], zone).toISOString();
}

/** Undefined for days and clocks that do not exist, which Date would move. */
function localTimeToUtc(day: string, clock: string, zone?: string): string | undefined {
  const time = new Date(`${day}T${clock}Z`);
  if (Number.isNaN(time.getTime()) || time.getUTCDate() !== Number(day.slice(8))) return undefined;
  return timeOf(wallClock(time, "UTC"), zone).toISOString();
}
