import { describe, expect, it } from "vitest";
import { SenderRates } from "../../../lib/collector/limits/sender-rates.js";

/** How many of `tries` at one moment are within the rate. */
const taken = (rates: SenderRates, address: string, tries: number, now: number) =>
  Array.from({ length: tries }, () => rates.take(address, now)).filter(Boolean).length;

describe("a sender's rate", () => {
  it("allows its burst at once, then the rate, and never more than the burst after a pause", () => {
    const rates = new SenderRates({ perSecond: 10, burst: 20 });
    expect(taken(rates, "a", 100, 0)).toBe(20);
    expect(rates.wait("a", 0)).toBe(100);
    expect(taken(rates, "a", 100, 500)).toBe(5);
    expect(rates.wait("a", 600)).toBe(0);
    expect(taken(rates, "a", 100, 1e9)).toBe(20);
  });

  it("applies to each sender separately", () => {
    const rates = new SenderRates({ perSecond: 1, burst: 3 });
    expect(taken(rates, "loud", 1000, 0)).toBe(3);
    expect(taken(rates, "quiet", 3, 0)).toBe(3);
  });

  it("is kept for a bounded number of addresses, the recent ones first", () => {
    const rates = new SenderRates({ perSecond: 1e-9, burst: 1 }, 100);
    expect(rates.take("loud", 0)).toBe(true);
    for (let other = 0; other < 10_000; other++) {
      rates.take(`forged-${other}`, 0);
      if (other % 50 === 0) expect(rates.take("loud", 0)).toBe(false);
    }
    for (let other = 0; other < 300; other++) rates.take(`more-${other}`, 0);
    expect(rates.take("loud", 0)).toBe(true);
  });
});
