import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { source } from "../support/toolchain.js";
import { folder as native } from "./support/library.js";

it("the unit tests of the library pass under AddressSanitizer and UBSan", (context) => {
  const folder = temporaryFolder();
  const trial = [
    "-fsanitize=address,undefined",
    "-o",
    join(folder, "trial"),
    source(folder, "t.c", "int main(void) { return 0; }\n"),
  ];
  if (spawnSync("gcc", trial).status !== 0) {
    console.warn("skipped: unit tests under sanitizers: this gcc has no libasan or libubsan");
    return context.skip();
  }
  const output = execFileSync("make", ["-s", "-C", native, `BUILD=${join(folder, "unit")}`, "unit"], {
    encoding: "utf8",
  });
  expect(output).toBe("all unit tests pass\n");
});
