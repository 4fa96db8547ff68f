import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folder as native } from "../../native-preload/support/library.js";
import { temporaryFolder } from "../../support/folder.js";
import { have } from "../../support/toolchain.js";

const folder = temporaryFolder();
const { FUZZ_SECONDS = "60" } = process.env;

function make(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    "make",
    ["-s", "-C", native, `BUILD=${join(folder, "build")}`, ...args],
    {
      encoding: "utf8",
      maxBuffer: 64 << 20,
    },
  );
  return { status, output: stdout + stderr };
}

it("gcc -fanalyzer, clang-tidy and cppcheck report nothing", (context) => {
  for (const tool of ["clang-tidy", "cppcheck"]) {
    if (!have(tool)) {
      console.warn(`skipped: analyzers: ${tool} is not installed`);
      return context.skip();
    }
  }
  const { status, output } = make("analyze");
  expect(status, output).toBe(0);
});

it("a fuzzer finds no bug in the parsers of untrusted input", (context) => {
  if (!have("clang")) {
    console.warn("skipped: fuzzing: clang is not installed");
    return context.skip();
  }
  const { status, output } = make("fuzz", `FUZZ_SECONDS=${FUZZ_SECONDS}`);
  expect(status, output).toBe(0);
  expect(Number(/number_of_executed_units: (\d+)/.exec(output)?.[1])).toBeGreaterThan(10_000);
});
