import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ElfFile, readBuildId } from "../../lib/index.js";
import { catalogueEntry, cycloneDx, filterTest } from "../../lib/inspect/index.js";
import { inspectFile } from "../../lib/inspect/inspect-file.js";
import { examine } from "../../lib/verify/examine.js";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
source(folder, "main.c", "int main(void) { return 0; }\n");

/** The build-id of a file, as each reader of this project tells it. */
async function everywhere(path: string) {
  const found = await inspectFile(path, {});
  if (found?.finding !== "file") throw new Error(`no finding on ${path}`);
  const examined = examine({ path: Buffer.from(path), roots: [folder] });
  const bytes = readFileSync(path);
  return {
    problems: found.problems.map(({ code }) => code),
    answers: {
      function: readBuildId(bytes),
      facade: new ElfFile(bytes).buildId,
      finding: found.buildId,
      verification: examined.state === "read" ? examined.buildId : examined.state,
      catalogue: catalogueEntry(found).buildId,
      "bill of materials": cycloneDx([found], "1").components[0]?.properties.find(
        ({ name }) => name === "ogrt:build-id",
      )?.value,
    },
  };
}

describe("a build-id", () => {
  it.each([1, 8, 20, 64, 65, 100, 255, 1024])("of %i bytes is the linker's, everywhere", async (size) => {
    const hex = Array.from({ length: size }, (_, i) => ((i * 37 + size) % 256).toString(16).padStart(2, "0")).join("");
    run("gcc", "-o", at("program"), at("main.c"), `-Wl,--build-id=0x${hex}`);
    // ld omits the padding at the end of the section, without which readelf shows no note.
    if (size % 4 === 0) expect(/Build ID: ([0-9a-f]+)/.exec(run("readelf", "-nW", at("program")))?.[1]).toBe(hex);
    const { answers, problems } = await everywhere(at("program"));
    expect(new Set(Object.values(answers))).toEqual(new Set([hex]));
    expect(problems).toEqual([]);
    const found = await inspectFile(at("program"), {});
    expect(found?.finding === "file" && filterTest({ buildId: hex.slice(0, 2).toUpperCase() })(found)).toBe(true);
  });

  it.each([0, 1025, 5000])("of %i bytes is refused by every reader, with a problem", async (size) => {
    const text = `.section .note.gnu.build-id,"a",%note\n.long 4, ${size}, 3\n.asciz "GNU"\n.fill ${size}, 1, 7\n.p2align 2\n`;
    run("gcc", "-c", "-o", at("id.o"), source(folder, "id.s", text));
    const { answers, problems } = await everywhere(at("id.o"));
    expect(new Set(Object.values(answers))).toEqual(new Set([undefined]));
    expect(problems).toEqual(["MALFORMED_ELF"]);
  });

  it("is the first that is one, where there are several", async () => {
    const note = (size: number, byte: number) =>
      `.long 4, ${size}, 3\n.asciz "GNU"\n.fill ${size}, 1, ${byte}\n.p2align 2\n`;
    const text = `.section .note.gnu.build-id,"a",%note\n${note(2000, 1)}${note(0, 2)}${note(80, 3)}${note(20, 4)}`;
    run("gcc", "-c", "-o", at("several.o"), source(folder, "several.s", text));
    expect(new Set(Object.values((await everywhere(at("several.o"))).answers))).toEqual(new Set(["03".repeat(80)]));
  });
});
