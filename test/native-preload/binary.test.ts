import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { have, run } from "../support/toolchain.js";
import { builtLibrary, variant } from "./support/library.js";
import { observe } from "./support/observe.js";

const folder = temporaryFolder();
const library = builtLibrary();
const dynamic = run("readelf", "-dW", library);
const symbols = run("readelf", "--dyn-syms", "-W", library)
  .split("\n")
  .filter((line) => /^\s*[1-9]\d*:/.test(line))
  .map((line) => line.trim().split(/\s+/));
const segments = run("readelf", "-lW", library);

describe("libogrt.so as a file", () => {
  it("depends on no other library, so one binary works with every libc and without one", () => {
    expect(dynamic).not.toContain("NEEDED");
  });

  it("has three undefined symbols, all weak", () => {
    const undefinedSymbols = symbols.filter(([, , , , , , section]) => section === "UND");
    expect(undefinedSymbols.map((columns) => `${columns[4]} ${columns[7]}`).sort()).toEqual([
      "WEAK __libc_single_threaded",
      "WEAK dl_iterate_phdr",
      "WEAK environ",
    ]);
  });

  it("exports nothing", () => {
    expect(symbols.filter(([, , , , , , section]) => section !== "UND")).toEqual([]);
  });

  it("keeps the stack non-executable", () => {
    expect(segments).toMatch(/GNU_STACK .* RW +0x/);
  });

  it("has full RELRO and no text relocations", () => {
    expect(dynamic).not.toContain("TEXTREL");
    expect(dynamic).toContain("BIND_NOW");
    expect(segments).toContain("GNU_RELRO");
  });

  it.runIf(process.arch === "x64")("supports control-flow protection, so that no program loses it", () => {
    expect(run("readelf", "-nW", library)).toContain("x86 feature: IBT, SHSTK");
  });

  it.runIf(have("aarch64-linux-gnu-gcc"))("supports branch targets on aarch64", () => {
    const built = variant(join(folder, "aarch64"), "CROSS_COMPILE=aarch64-linux-gnu-", "CC=gcc");
    expect(run("readelf", "-nW", built)).toMatch(/AArch64 feature: BTI, PAC/);
  });

  it("is smaller than 26 KB", () => {
    expect(statSync(library).size).toBeLessThan(26_000);
  });

  it.runIf(have("clang"))("can be built by clang", async () => {
    const built = variant(join(folder, "clang"), "CC=clang");
    expect(run("readelf", "-dW", built)).not.toContain("NEEDED");
    const { starts, ends } = await observe(["true"], { library: built });
    expect([starts.length, ends.length]).toEqual([1, 1]);
  });
});
