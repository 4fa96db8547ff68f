import { describe, expect, it } from "vitest";
import { Senders } from "../../../lib/collector/limits/senders.js";

/** How many of `tries` at one moment are within the rate. */
const taken = (rates: Senders, address: string, tries: number, now: number) =>
  Array.from({ length: tries }, () => rates.take(address, now)).filter(Boolean).length;

describe("a sender's rate", () => {
  it("allows its burst at once, then the rate, and never more than the burst after a pause", () => {
    const rates = new Senders({ perSecond: 10, burst: 20 });
    expect(taken(rates, "a", 100, 0)).toBe(20);
    expect(rates.of("a").rate?.wait(0)).toBe(100);
    expect(taken(rates, "a", 100, 500)).toBe(5);
    expect(rates.of("a").rate?.wait(600)).toBe(0);
    expect(taken(rates, "a", 100, 1e9)).toBe(20);
  });

  it("applies to each sender separately", () => {
    const rates = new Senders({ perSecond: 1, burst: 3 });
    expect(taken(rates, "loud", 1000, 0)).toBe(3);
    expect(taken(rates, "quiet", 3, 0)).toBe(3);
  });

  it("is charged for frames that cost more, up to as much as its burst", () => {
    const senders = new Senders({ perSecond: 10, burst: 20 });
    senders.of("dear", 0).rate?.charge(25, 0);
    expect([taken(senders, "dear", 10, 500), taken(senders, "dear", 10, 1000)]).toEqual([0, 5]);
    senders.of("dear", 1000).rate?.charge(1e9, 1000);
    expect([taken(senders, "dear", 10, 3000), taken(senders, "dear", 10, 3500)]).toEqual([0, 5]);
  });

  it("is kept for a bounded number of addresses, the recent ones first", () => {
    const rates = new Senders({ perSecond: 1e-9, burst: 1 }, 100);
    expect(rates.take("loud", 0)).toBe(true);
    for (let other = 0; other < 10_000; other++) {
      rates.take(`forged-${other}`, 0);
      if (other % 50 === 0) expect(rates.take("loud", 0)).toBe(false);
    }
    for (let other = 0; other < 300; other++) rates.take(`more-${other}`, 0);
    expect(rates.take("loud", 0)).toBe(true);
  });
});
