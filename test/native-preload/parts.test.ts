import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { folder as native } from "./support/library.js";

it("the library's parts do as they should, each by itself, under AddressSanitizer and UBSan", () => {
  const build = join(temporaryFolder(), "unit");
  const output = execFileSync("make", ["-s", "-C", native, `BUILD=${build}`, "unit"], { encoding: "utf8" });
  expect(output).toBe("all parts do as they should\n");
});
