import { describe, expect, it } from "vitest";
import { MountBreaker } from "../../../lib/collector/verification/breaker.js";

describe("the breaker of a mount", () => {
  it("opens after three hangs in a row, lets one trial pass later, and closes after its answer", () => {
    let now = 0;
    const breaker = new MountBreaker(() => now);
    for (let i = 0; i < 2; i++) breaker.onHang("/home");
    expect(breaker.allows("/home")).toBe(true);
    breaker.onHang("/home");
    expect([breaker.allows("/home"), breaker.allows("/usr")]).toEqual([false, true]);
    now += 31_000;
    expect([breaker.allows("/home"), breaker.allows("/home")]).toEqual([true, false]);
    breaker.onHang("/home");
    now += 31_000;
    expect(breaker.allows("/home")).toBe(true);
    breaker.onAnswer("/home");
    expect(breaker.allows("/home")).toBe(true);
  });
});
