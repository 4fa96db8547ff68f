import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../lib/index.js";
import { root } from "../support/tools.js";

it("docs/elf.md gives every limit with its default", () => {
  const text = readFileSync(join(root, "docs/elf.md"), "utf8");
  const unit = { "": 1, " MiB": 1 << 20 };
  const rows = Array.from(
    text.matchAll(/^\| `(max\w+)` \| ([\d,]+)( MiB|) \|/gm),
    ([, name, number = "", suffix = ""]) => [
      name,
      Number(number.replaceAll(",", "")) * unit[suffix as keyof typeof unit],
    ],
  );
  expect(Object.fromEntries(rows)).toEqual(DEFAULT_LIMITS);
});
