import type { PagePath } from "../../lib/shared/page-views.js";
import { absoluteTime } from "../../lib/shared/time-expression.js";
import { isTimeZone } from "../../lib/shared/time-zone.js";

/*
 * The time range that all views share, and the time zone of the times that they show: `since`, `until` and `tz` of the
 * address, which each link keeps. Both ends are times as people type them, so that a shared link says "the last 7 days".
 */

/** The `since` of a range that is open at its start. */
export const ALL_TIME = "all";
/** The `since` of an address that has none. The overview has to be there at once, so it begins with what is new. */
const defaultSince = (path: string): string => (path === ("/" satisfies PagePath) ? "24h" : ALL_TIME);

interface Preset {
  readonly label: string;
  readonly since: string;
  readonly until?: string;
}

export const PRESETS: readonly Preset[] = [
  { label: "Last hour", since: "1h" },
  { label: "Last 24 hours", since: "24h" },
  { label: "Last 7 days", since: "7d" },
  { label: "Last 30 days", since: "30d" },
  { label: "Last 365 days", since: "365d" },
  { label: "Today", since: "today" },
  { label: "Yesterday", since: "yesterday", until: "today" },
  { label: "All time", since: ALL_TIME },
];

export interface TimeRange {
  /** As the address says it, or the default of the view. */
  readonly since: string;
  readonly until: string | undefined;
  /** The parameters of a question: ISO times, and texts that are no times as they are, which the collector refuses. */
  readonly question: { readonly since?: string; readonly until?: string };
}

/** The range of an address. Relative times are resolved here, once per address, so that all its questions have one span. */
export function timeRangeOf(path: string, query: URLSearchParams): TimeRange {
  const since = query.get("since") || defaultSince(path);
  const until = query.get("until") || undefined;
  const now = new Date();
  const resolve = (text: string) => absoluteTime(text, now, timeZoneOf(query)) ?? text;
  return {
    since,
    until,
    question: {
      ...(since !== ALL_TIME && { since: resolve(since) }),
      ...(until !== undefined && { until: resolve(until) }),
    },
  };
}

/** The parameters with which a link to `path` keeps the range and the time zone of an address. */
export function keptParameters(path: string, from: { readonly path: string; readonly query: URLSearchParams }) {
  const since = from.query.get("since") || defaultSince(from.path);
  return {
    since: since === defaultSince(path) ? undefined : since,
    until: from.query.get("until") ?? undefined,
    tz: from.query.get("tz") ?? undefined,
  };
}

export function rangeLabel({ since, until }: Pick<TimeRange, "since" | "until">): string {
  const preset = PRESETS.find((preset) => preset.since === since && preset.until === until);
  if (preset !== undefined) return preset.label;
  const start = since === ALL_TIME ? undefined : since;
  if (until === undefined) return /^\d+ ?[a-z]+$/.test(since) ? `Last ${since}` : `Since ${since}`;
  return start === undefined ? `Before ${until}` : `${start} to ${until}`;
}

/** The time zone that an address asks for; undefined for that of the browser. */
export function timeZoneOf(query: URLSearchParams): string | undefined {
  const zone = query.get("tz");
  return zone !== null && isTimeZone(zone) ? zone : undefined;
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
