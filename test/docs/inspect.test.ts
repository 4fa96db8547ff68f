import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CATALOGUE_VERSION } from "../../lib/inspect/index.js";
import { root } from "../support/tools.js";

const text = readFileSync(join(root, "docs/reference/inspect.md"), "utf8");

it("docs/reference/inspect.md describes the version of the catalogues that are written", () => {
  expect(text).toContain(`## Catalogue, version ${CATALOGUE_VERSION}`);
});
