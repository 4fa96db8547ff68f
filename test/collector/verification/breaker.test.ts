import { describe, expect, it } from "vitest";
import { MountBreaker } from "../../../lib/collector/verification/breaker.js";

const ended = Promise.resolve();

describe("the breaker of a mount", () => {
  it("opens after three hangs in a row, lets one child try again later, and closes after an answer", async () => {
    let now = 0;
    const breaker = new MountBreaker(() => now);
    const avoided = () => [breaker.avoided(true), breaker.avoided(false)];
    for (let i = 0; i < 2; i++) breaker.onHang("/home", ended);
    await ended;
    expect(avoided()).toEqual([[], []]);
    breaker.onHang("/home", ended);
    breaker.onHang("/usr", ended);
    expect(avoided()).toEqual([["/home"], ["/home"]]);
    now += 31_000;
    expect(avoided()).toEqual([[], ["/home"]]);
    breaker.onHang("/home", ended);
    expect(avoided()).toEqual([["/home"], ["/home"]]);
    now += 31_000;
    breaker.onAnswer("/home");
    await ended;
    expect(avoided()).toEqual([[], []]);
  });

  it("forgets an answered mount: only hangs in a row count", async () => {
    const breaker = new MountBreaker(() => 0);
    for (let i = 0; i < 10; i++) {
      breaker.onHang("/home", ended);
      breaker.onHang("/home", ended);
      breaker.onAnswer("/home");
    }
    await ended;
    expect(breaker.avoided(false)).toEqual([]);
  });

  it("stays open, without trials, while two killed children do not end", async () => {
    let now = 0;
    const breaker = new MountBreaker(() => now);
    let end = () => {};
    const promise = new Promise<void>((resolve) => {
      end = resolve;
    });
    breaker.onHang("/home", new Promise(() => {}));
    expect(breaker.avoided(false)).toEqual([]);
    breaker.onHang("/home", promise);
    breaker.onAnswer("/home");
    now += 1_000_000;
    expect([breaker.avoided(true), breaker.isOpen("/home")]).toEqual([["/home"], true]);
    end();
    await promise;
    expect(breaker.avoided(false)).toEqual([]);
  });

  it("keeps others away from a mount while two children wait for it", () => {
    const breaker = new MountBreaker(() => 0);
    breaker.onWaiting(0, "/home");
    breaker.onWaiting(1, "/usr");
    expect(breaker.avoided(false)).toEqual([]);
    breaker.onWaiting(2, "/home");
    expect([breaker.avoided(true), breaker.isAwaited("/home"), breaker.isOpen("/home")]).toEqual([
      ["/home"],
      true,
      false,
    ]);
    breaker.onWaiting(0, undefined);
    expect([breaker.avoided(false), breaker.isAwaited("/home")]).toEqual([[], false]);
  });
});
