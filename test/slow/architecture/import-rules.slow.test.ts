import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder.js";
import { root } from "../../support/tools.js";

/* The rules of .dependency-cruiser.mjs are walls only if they bite: each is tried on a tree that breaks it. */

const folder = temporaryFolder();
let trees = 0;

/** Names of the rules that a tree of these files breaks. */
function broken(files: Readonly<Record<string, string>>): string[] {
  const tree = join(folder, `${trees++}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  for (const file of [".dependency-cruiser.mjs", "tsconfig.json", "package.json"])
    cpSync(join(root, file), join(tree, file));
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
  const { stdout } = spawnSync(
    join(root, "node_modules/.bin/depcruise"),
    ["--config", ".dependency-cruiser.mjs", "--output-type", "json", "lib"],
    {
      cwd: tree,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

const CODE = "export const value = 1;\n";
const importing = (...specifiers: string[]) =>
  `${specifiers.map((specifier, index) => `import { value as v${index} } from "${specifier}";`).join("\n")}
export const value = [${specifiers.map((_, index) => `v${index}`)}];\n`;

describe("the walls between threads", () => {
  it("let an entry import its worker folder, and worker code its neighbours", () => {
    const files = {
      "lib/collector/store/store-worker.ts": importing("./worker/a.js"),
      "lib/collector/store/worker/a.ts": importing("./b.js", "../protocol.js"),
      "lib/collector/store/worker/b.ts": CODE,
      "lib/collector/store/protocol.ts": CODE,
    };
    expect(broken(files)).toEqual([]);
  });

  it("keep the code of the main thread away from a worker folder, types included", () => {
    const worker = { "lib/collector/store/worker/a.ts": `${CODE}export interface Shape {}\n` };
    const main = "lib/collector/store/main/m.ts";
    const rule = "worker-entries";
    expect(broken({ ...worker, [main]: importing("../worker/a.js") })).toEqual([rule]);
    const types = 'import type { Shape } from "../worker/a.js";\nexport const value: Shape = {};\n';
    expect(broken({ ...worker, [main]: types })).toEqual([rule]);
  });

  it("keep worker code away from the main thread's", () => {
    const files = {
      "lib/collector/ingest/worker/a.ts": importing("../main/m.js"),
      "lib/collector/ingest/main/m.ts": CODE,
    };
    expect(broken(files)).toEqual(["main-folders"]);
  });

  it("keep each worker folder to its module", () => {
    const files = {
      "lib/collector/outputs/worker/a.ts": importing("../../store/worker/b.js"),
      "lib/collector/store/worker/b.ts": CODE,
    };
    expect(broken(files)).toEqual(["worker-folders"]);
  });

  it("keep the engine off the main thread, but not its types", () => {
    const engine = { "lib/collector/database/engine.ts": `${CODE}export interface Shape {}\n` };
    const path = "lib/collector/store/main/m.ts";
    expect(broken({ ...engine, [path]: importing("../../database/engine.js") })).toEqual(["store-thread"]);
    const types = 'import type { Shape } from "../../database/engine.js";\nexport const value: Shape = {};\n';
    expect(broken({ ...engine, [path]: types })).toEqual([]);
  });
});

describe("the rule against circles", () => {
  it("sees circles of folders that no file closes alone", () => {
    const files = {
      "lib/elf/a/one.ts": importing("../b/two.js"),
      "lib/elf/a/three.ts": CODE,
      "lib/elf/b/two.ts": CODE,
      "lib/elf/b/four.ts": importing("../a/three.js"),
    };
    expect(broken(files)).toEqual(["no-circles-of-folders"]);
  });
});
