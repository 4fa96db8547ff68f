import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/tools.js";

it("docs/reference/errors.md says of every error code what to do, and its exit code", () => {
  const text = readFileSync(join(root, "docs/reference/errors.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` \| .*? \| (.*) \| (.*) \|$/gm)];
  expect(rows.length).toBeGreaterThan(0);
  for (const [, code, advice, exit] of rows) {
    expect(advice, code).not.toBe("");
    expect(exit, code).toMatch(/^(\d+|a warning)$/);
  }
});
