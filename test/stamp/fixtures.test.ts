import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readBuildId, readHeader } from "../../lib/elf/index.js";
import { readSignatures } from "../../lib/signature/index.js";
import { findTarget } from "../../lib/stamp/index.js";

const folder = join(import.meta.dirname, "../../test-fixtures/stamps");
const matrix: { file: string; target: string }[] = JSON.parse(readFileSync(join(folder, "matrix.json"), "utf8"));

describe("a stamp is read from the output of many targets' linkers, as GNU readelf reads it", () => {
  it.each(matrix.map(({ file, target }) => [file, target]))("%s", (file, target) => {
    const bytes = readFileSync(join(folder, file));
    const { bits, byteOrder, machine } = readHeader(bytes);
    expect(machine).toBe(findTarget(target).machine);
    expect({
      bits,
      byteOrder,
      buildId: readBuildId(bytes),
      signatures: readSignatures(bytes).map(({ offset: _, ...signature }) => signature),
    }).toEqual(JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8")));
  });

  it("covers every linker and way of linking of the matrix", () => {
    const files = matrix.map(({ file }) => file);
    for (const linker of ["bfd", "gold", "lld", "mold"]) {
      for (const way of [".so", "-static", "-relocatable.o", "-partial.so"])
        expect(files).toContain(`x86_64-${linker}${way}`);
    }
    expect(files.every((file) => existsSync(join(folder, file)))).toBe(true);
  });
});
