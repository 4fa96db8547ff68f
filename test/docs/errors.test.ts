import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ERROR_CODES } from "../../lib/errors.js";

it("docs/errors.md explains every error code, and no other", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/errors.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` \| (.+?) \|/gm)].map(([, code, meaning]) => [code, meaning]);
  expect(Object.fromEntries(rows)).toEqual(ERROR_CODES);
});
