import { describe, expect, it } from "vitest";
import { elfFacts } from "../../lib/inspect/facts.js";
import { MAX_JSON_DEPTH } from "../../lib/shared/json.js";
import { builtElf, builtNote } from "../support/built-elf.js";

/** A program with a package note that holds a value of so many levels. */
function withPackage(levels: number, open: string, close: string): Buffer {
  const text = `{"name":"x","deep":${open.repeat(levels - 1)}1${close.repeat(levels - 1)}}\0`;
  const body = builtNote("FDO", 0xcafe1a7e, Buffer.from(text));
  return builtElf({ body, sections: [{ type: 7, size: body.length }] });
}

describe("a package note with many levels of JSON", () => {
  it.each([
    ["arrays", "[", "]"],
    ["objects", '{"a":', "}"],
  ])("is malformed, so that every output can print what is read (%s)", (_, open, close) => {
    for (const levels of [MAX_JSON_DEPTH + 1, 20_000]) {
      const problems: string[] = [];
      const facts = elfFacts(withPackage(levels, open, close), { onProblem: ({ code }) => problems.push(code) });
      expect(facts.package).toBeUndefined();
      expect(problems).toEqual(["MALFORMED_ELF"]);
      expect(JSON.stringify(facts.notes)).toContain("FDO");
    }
  });

  it("is read up to the limit", () => {
    const facts = elfFacts(withPackage(MAX_JSON_DEPTH, "[", "]"), {});
    expect(facts.package?.["name"]).toBe("x");
  });
});
