import { describe, expect, it } from "vitest";
import { MountBreaker } from "../../../lib/collector/verification/breaker.js";

describe("the breaker of a mount", () => {
  it("opens after three hangs in a row, lets one child try again later, and closes after an answer", () => {
    let now = 0;
    const breaker = new MountBreaker(() => now);
    const avoided = () => [breaker.avoided(true), breaker.avoided(false)];
    for (let i = 0; i < 2; i++) breaker.onHang("/home");
    expect(avoided()).toEqual([[], []]);
    breaker.onHang("/home");
    breaker.onHang("/usr");
    expect(avoided()).toEqual([["/home"], ["/home"]]);
    now += 31_000;
    expect(avoided()).toEqual([[], ["/home"]]);
    breaker.onHang("/home");
    expect(avoided()).toEqual([["/home"], ["/home"]]);
    now += 31_000;
    breaker.onAnswer("/home");
    expect(avoided()).toEqual([[], []]);
  });

  it("forgets an answered mount: only hangs in a row count", () => {
    const breaker = new MountBreaker(() => 0);
    for (let i = 0; i < 10; i++) {
      breaker.onHang("/home");
      breaker.onHang("/home");
      breaker.onAnswer("/home");
    }
    expect(breaker.avoided(false)).toEqual([]);
  });
});
