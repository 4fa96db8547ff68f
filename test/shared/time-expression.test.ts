import { describe, expect, it } from "vitest";
import { absoluteTime } from "../../lib/shared/time-expression.js";

const now = new Date("2026-03-29T12:34:56.789Z");
const minutes = (count: number) => new Date(now.getTime() - count * 60_000).toISOString();
/** A time of the zone in which the test runs. */
const local = (day: number, hour = 0, minute = 0, second = 0) =>
  new Date(2026, 2, day, hour, minute, second).toISOString();

describe("a time as people type it", () => {
  it.each([
    ["30m", minutes(30)],
    ["45 s", minutes(0.75)],
    ["12h", minutes(12 * 60)],
    ["7d", minutes(7 * 24 * 60)],
    ["7 days", minutes(7 * 24 * 60)],
    ["3 days ago", minutes(3 * 24 * 60)],
    ["1 hour ago", minutes(60)],
    ["10min", minutes(10)],
    ["2w", minutes(2 * 7 * 24 * 60)],
    ["now", now.toISOString()],
  ])("%s is so long before now", (text, expected) => {
    expect(absoluteTime(text, now)).toBe(expected);
  });

  it.each([
    ["today", local(now.getDate())],
    ["yesterday", local(now.getDate() - 1)],
    ["2026-03-20", local(20)],
    ["2026-03-20T08:15", local(20, 8, 15)],
    ["2026-03-20 08:15:02", local(20, 8, 15, 2)],
  ])("%s is a time of the local zone", (text, expected) => {
    expect(absoluteTime(text, now)).toBe(expected);
  });

  // Offsets of Central European time: +1, and +2 from 2026-03-29T01:00Z on.
  it.each([
    ["today", "2026-03-28T23:00:00.000Z"],
    ["yesterday", "2026-03-27T23:00:00.000Z"],
    ["2026-03-30", "2026-03-29T22:00:00.000Z"],
    ["2026-03-29T01:59", "2026-03-29T00:59:00.000Z"],
    ["2026-03-29T03:00", "2026-03-29T01:00:00.000Z"],
    ["2026-07-01 08:15:02", "2026-07-01T06:15:02.000Z"],
  ])("%s is a time of the zone that is asked for", (text, expected) => {
    expect(absoluteTime(text, now, "Europe/Berlin")).toBe(expected);
  });

  it.each(["2026-03-20T08:00:00Z", "2026-03-20T08:00:00.123456789Z", "2026-03-20T08:00+05:30"])(
    "%s stays as it is",
    (text) => {
      expect(absoluteTime(text, now)).toBe(text);
    },
  );

  it.each([
    "",
    "7",
    "d",
    "7x",
    "-7d",
    "7.5d",
    "tomorrow",
    "constructor",
    "2026-02-30",
    "2026-13-01",
    "26-01-01",
    "1e9d",
  ])("%j is none", (text) => {
    expect(absoluteTime(text, now)).toBeUndefined();
  });
});
