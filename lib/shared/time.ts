/* ISO times for people, in the local time zone. */

const two = (value: number): string => `${value}`.padStart(2, "0");

/** `2026-11-22 08:15:02` */
export const localTime = (iso: string): string => `${localDay(iso)} ${localClock(iso)}`;

/** `2026-11-22` */
export function localDay(iso: string): string {
  const date = new Date(iso);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `08:15:02` */
export function localClock(iso: string): string {
  const date = new Date(iso);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
