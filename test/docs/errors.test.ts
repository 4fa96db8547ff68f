import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ERRORS, type ErrorCode, type ErrorDescription } from "../../lib/errors.js";
import { root } from "../support/tools.js";

it("docs/reference/errors.md says of every error code what to do", () => {
  const text = readFileSync(join(root, "docs/reference/errors.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` \| .*? \| (.*) \| (.*) \| (.*) \|$/gm)];
  expect(rows.map(([, code]) => code)).toEqual(Object.keys(ERRORS));
  for (const [, code, advice, exit, status] of rows) {
    const { exit: tools, status: answered }: ErrorDescription = ERRORS[code as ErrorCode];
    expect(advice, code).not.toBe("");
    expect([exit, status], code).toEqual([tools === 0 ? "a warning" : `${tools}`, `${answered ?? ""}`]);
  }
});
