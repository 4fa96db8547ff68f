import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { root } from "../support/tools.js";

const folder = temporaryFolder();

/** Runs in a separate process: reads each file, whole and mutated, and prints the growth of its peak memory in KiB. */
const PROGRAM = `
  import { readFileSync } from "node:fs";
  import { readEverything } from "./everything.js";
  import { mutate } from "./mutate.js";
  import { Random } from "./random.js";
  const files = process.argv.slice(2).map((path) => readFileSync(path));
  const before = process.resourceUsage().maxRSS;
  for (const bytes of files) {
    readEverything(bytes);
    const targets = { little: bytes[5] === 1, ranges: [[0, 64], [Math.max(bytes.length - 4096, 0), bytes.length]] };
    for (let seed = 1; seed <= 200; seed++) readEverything(mutate(bytes, targets, new Random(seed)));
  }
  console.log(process.resourceUsage().maxRSS - before);
`;

it("the reader holds less than 64 MB for hostile files", async () => {
  const outfile = join(folder, "memory.mjs");
  await build({
    stdin: { contents: PROGRAM, resolveDir: import.meta.dirname, loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    loader: { ".s": "text" },
  });
  const files = ["hostile", "elf"].flatMap((name) => {
    const directory = join(root, "test-fixtures", name);
    return readdirSync(directory)
      .filter((file) => !/\.(md|json)$/.test(file))
      .map((file) => join(directory, file));
  });
  const grown = Number(execFileSync(process.execPath, [outfile, ...files], { encoding: "utf8" }));
  expect(grown).toBeGreaterThan(0);
  expect(grown).toBeLessThan(64 * 1024);
});
