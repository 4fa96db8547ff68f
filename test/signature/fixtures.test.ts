import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readBuildId, readHeader } from "../../lib/elf/index.js";
import { readSignatures } from "../../lib/signature/index.js";

const folder = join(import.meta.dirname, "../../test-fixtures/elf");
const answers = readdirSync(folder).filter((name) => name.endsWith(".json"));

describe("GNU readelf agrees on files of many targets", () => {
  it.each(answers)("%s", (answer) => {
    const golden = JSON.parse(readFileSync(join(folder, answer), "utf8"));
    const bytes = readFileSync(join(folder, answer.replace(/\.json$/, "")));
    const { bits, byteOrder } = readHeader(bytes);
    expect({
      bits,
      byteOrder,
      buildId: readBuildId(bytes),
      signatures: readSignatures(bytes).map(({ offset: _, ...signature }) => signature),
    }).toEqual(golden);
  });

  it("covers both classes and both byte orders", () => {
    const kinds = answers.map((answer) => {
      const { bits, byteOrder } = JSON.parse(readFileSync(join(folder, answer), "utf8"));
      return `${bits} ${byteOrder}`;
    });
    expect(new Set(kinds)).toEqual(new Set(["32 little", "32 big", "64 little", "64 big"]));
  });
});
