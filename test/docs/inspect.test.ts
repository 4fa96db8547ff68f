import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CATALOGUE_VERSION, DEFAULT_LEVELS, RULES } from "../../lib/inspect/index.js";
import { root } from "../support/tools.js";

const text = readFileSync(join(root, "docs/reference/inspect.md"), "utf8");

it("docs/reference/inspect.md gives every rule with its meaning and level", () => {
  const rows = Array.from(text.matchAll(/^\| `([\w-]+)` \| (.+?) \| (off|warn|fail) \|$/gm), ([, ...cells]) => cells);
  const expected = Object.entries(RULES).map(([name, meaning]) => [
    name,
    meaning,
    DEFAULT_LEVELS[name as keyof typeof RULES],
  ]);
  expect(rows).toEqual(expected);
});

it("docs/reference/inspect.md describes the version of catalogue that is written", () => {
  expect(text).toContain(`## Catalogue, version ${CATALOGUE_VERSION}`);
});
