import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { run } from "../support/toolchain.js";
import { builtLibrary } from "./support/library.js";

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
      "WEAK dl_iterate_phdr",
      "WEAK environ",
      "WEAK gnu_get_libc_version",
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

  it("is smaller than 24 KB", () => {
    expect(statSync(library).size).toBeLessThan(24_000);
  });
});
