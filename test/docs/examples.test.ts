import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as files from "../../lib/files/index.js";
import * as library from "../../lib/index.js";

/** Every `@example` of the library is run. Its code sees the library's exports, `readFileSync` and `assert`. */
const root = join(import.meta.dirname, "../../lib");
const scope = { ...library, ...files, assert, readFileSync };
const EXAMPLE = /@example\n((?: \*.*\n)+?) \* ```\n/g;

const examples = ["elf", "signature", "shared"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const text = readFileSync(join(root, folder, name), "utf8");
      return Array.from(text.matchAll(EXAMPLE), ({ 1: block = "", index }) => ({
        place: `${folder}/${name}:${text.slice(0, index).split("\n").length}`,
        code: block.replace(/^ \* ?/gm, "").replace(/^```ts\n/, ""),
      }));
    }),
);

describe("examples of the documentation", () => {
  it.each(examples)("$place", async ({ code }) => {
    const run = new Function(...Object.keys(scope), `return (async () => {${code}})();`);
    await run(...Object.values(scope));
  });

  it("exist for each public function of lib/elf and lib/signature", () => {
    const shown = examples.map(({ code }) => code).join("\n");
    const functions = Object.entries(library).filter(([, value]) => typeof value === "function" && !isError(value));
    const missing = functions.map(([name]) => name).filter((name) => ownedHere(name) && !shown.includes(`${name}(`));
    expect(missing).toEqual([]);
  });
});

const isError = (value: unknown): boolean => value === library.OgrtError;

/** Whether lib/elf or lib/signature exports the name. */
function ownedHere(name: string): boolean {
  return ["elf", "signature"].some((folder) =>
    new RegExp(`\\b${name}\\b`).test(readFileSync(join(root, folder, "index.ts"), "utf8")),
  );
}
