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
  it("needs no other library, so one binary serves every libc and none", () => {
    expect(dynamic).not.toContain("NEEDED");
  });

  it("has only weak undefined symbols, and just those it asks for", () => {
    const undefinedOnes = symbols.filter(([, , , , , , section]) => section === "UND");
    expect(undefinedOnes.map((columns) => `${columns[4]} ${columns[7]}`).sort()).toEqual([
      "WEAK dl_iterate_phdr",
      "WEAK environ",
      "WEAK gnu_get_libc_version",
    ]);
  });

  it("exports nothing", () => {
    expect(symbols.filter(([, , , , , , section]) => section !== "UND")).toEqual([]);
  });

  it("keeps the stack from being executable", () => {
    expect(segments).toMatch(/GNU_STACK .* RW +0x/);
  });

  it("is relocated before it runs, without text relocations", () => {
    expect(dynamic).not.toContain("TEXTREL");
    expect(dynamic).toContain("BIND_NOW");
    expect(segments).toContain("GNU_RELRO");
  });

  it("is smaller than 24 KB", () => {
    expect(statSync(library).size).toBeLessThan(24_000);
  });
});
