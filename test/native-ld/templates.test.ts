import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { run } from "../support/toolchain.js";
import { root } from "../support/tools.js";

it("the templates of ogrt-ld are up to date with the library", () => {
  const made = run(process.execPath, join(root, "scripts/linker-templates.mjs"), "--print");
  expect(readFileSync(join(root, "native-ld/src/templates.h"), "utf8")).toBe(made);
});
