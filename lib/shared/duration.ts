const MINUTE_S = 60;
const HOUR_S = 3600;

/**
 * A duration for people, in seconds: `15 ms`, `12.5 s`, `34 min`, `25791 h`. Hours are the largest unit, since those are the
 * core hours of reports.
 */
export function shortDuration(seconds: number): string {
  if (seconds === 0) return "0 s";
  if (seconds < 1) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 2 * MINUTE_S) return `${rounded(seconds)} s`;
  if (seconds < 2 * HOUR_S) return `${rounded(seconds / MINUTE_S)} min`;
  return `${rounded(seconds / HOUR_S)} h`;
}

const rounded = (value: number) => (value < 100 && !Number.isInteger(value) ? value.toFixed(1) : value.toFixed(0));
