import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFileSource } from "../../lib/files/index.js";
import { ElfFile } from "../../lib/index.js";
import { disagreements } from "../support/agreement.js";
import { gnuReadelf, ourView } from "../support/readelf.js";
import { have, run } from "../support/toolchain.js";
import { root } from "../support/tools.js";

/** Fixtures of many targets and linkers. The slow suite reads all files of the machine and rebuilds the matrix. */
const fixtures = ["elf", "stamps"]
  .map((name) => join(root, "test-fixtures", name))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => !/\.(json|md|a)$/.test(path));
const NOTHING = { header: {}, segments: [], dynamic: [], notes: [] };

describe.skipIf(!have("readelf"))("GNU readelf agrees", () => {
  it.each(fixtures.map((path) => [basename(path), path]))("%s", (_, path) => {
    expect(disagreements(path, gnuReadelf([path]).get(path))).toEqual([]);
  });

  it("in programs and libraries of this machine", () => {
    const paths = [process.execPath, run("which", "readelf").trim(), run("gcc", "-print-file-name=libc.so.6").trim()];
    const views = gnuReadelf(paths);
    for (const path of paths) expect(disagreements(path, views.get(path))).toEqual([]);
  });
});

// Recorded when readelf agreed, so that machines without readelf detect changes too.
it.each(fixtures.map((path) => [basename(path), path]))("%s gives the recorded answer", async (name, path) => {
  using source = openFileSource(path);
  const view = JSON.stringify(ourView(new ElfFile(source), NOTHING), null, 1);
  await expect(`${view}\n`).toMatchFileSnapshot(join(root, "test-fixtures/views", `${name}.json`));
});
