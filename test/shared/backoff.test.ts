import { expect, it } from "vitest";
import { Backoff } from "../../lib/shared/backoff.js";

it("a backoff doubles up to its limit, minus a random part of at most half, and starts over after a reset", () => {
  const longest = new Backoff({ longestMs: 60_000, random: () => 1 });
  expect(Array.from({ length: 9 }, () => longest.next())).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
  ]);
  longest.reset();
  expect(longest.next()).toBe(500);
  const shortest = new Backoff({ longestMs: 60_000, random: () => 0 });
  expect(shortest.next()).toBe(250);
});
