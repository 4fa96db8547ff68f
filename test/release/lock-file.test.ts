import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/tools.js";

const read = (name: string) => readFileSync(join(root, name), "utf8");

it("the lock file has the dependencies of package.json, kind by kind, and names no registry", () => {
  const text = read("package-lock.json");
  const locked = JSON.parse(text).packages[""];
  const wanted = JSON.parse(read("package.json"));
  for (const kind of ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]) {
    expect([kind, locked[kind]]).toEqual([kind, wanted[kind]]);
  }
  expect(text).not.toContain('"resolved"');
});
