import { wallClock } from "./time-zone.js";

/* Times for people; ISO times in a time zone, that of this process by default. */

const two = (value: number): string => `${value}`.padStart(2, "0");

/** `2026-11-22 08:15:02` */
export const localTime = (iso: string, zone?: string): string => `${localDay(iso, zone)} ${localClock(iso, zone)}`;

/** `2026-11-22` */
export function localDay(iso: string, zone?: string): string {
  const [year, month, day] = wallClock(new Date(iso), zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** `08:15:02` */
export function localClock(iso: string, zone?: string): string {
  const [, , , hour, minute, second] = wallClock(new Date(iso), zone);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** A whole number of seconds as `41 s`, `5 min 12 s`, `3 h`, `2 d 4 h 0 min 9 s`, without rounding. */
export function elapsed(seconds: number): string {
  let left = seconds;
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  const last = parts.findLastIndex(({ count }) => count > 0);
  return first === -1
    ? "0 s"
    : parts
        .slice(first, last + 1)
        .map(({ unit, count }) => `${count} ${unit}`)
        .join(" ");
}
