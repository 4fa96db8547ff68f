import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MAX_NAME_BYTES, NameTable, NameTableBuilder } from "../../../lib/collector/names/name-table.js";

describe("a table of names", () => {
  it("returns the names of a signature in the order of their first pair, each once", () => {
    const builder = new NameTableBuilder();
    const expected = new Map<string, string[]>();
    const names = ["zlib 1.2", "µ-lib", "a", "", "gcc 12"];
    for (let index = 0; index < 5000; index++) {
      const signature = randomUUID();
      const own = names.filter((_, at) => (index >> at) & 1);
      for (const name of [...own, ...own]) builder.add(signature, name);
      expected.set(signature, own);
    }
    const table = new NameTable(builder.build());
    const order = (list: string[]) => [...list].sort((a, b) => names.indexOf(a) - names.indexOf(b));
    for (const [signature, own] of expected) {
      expect(order(table.find(signature))).toEqual(own);
      expect(table.find(signature.toUpperCase())).toHaveLength(own.length);
    }
    expect(table.find(randomUUID())).toEqual([]);
    const first = new NameTableBuilder();
    for (const name of ["b", "a", "b"]) first.add("5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61", name);
    expect(new NameTable(first.build()).find("5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61")).toEqual(["b", "a"]);
  });

  it("holds UUIDs at the ends of their range, and no other texts", () => {
    const builder = new NameTableBuilder();
    const ends = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"];
    for (const signature of ends) expect(builder.add(signature, signature)).toBe(true);
    expect(builder.add("no UUID", "name")).toBe(true);
    const table = new NameTable(builder.build());
    for (const signature of ends) expect(table.find(signature)).toEqual([signature]);
    for (const text of ["no UUID", "", "__proto__", `${ends[1]}0`]) expect(table.find(text)).toEqual([]);
    expect(new NameTable().find(ends[0] ?? "")).toEqual([]);
  });

  it("is full at a maximum number of bytes of names", () => {
    const builder = new NameTableBuilder();
    const name = "x".repeat(MAX_NAME_BYTES / 4);
    for (let index = 0; index < 4; index++) {
      expect(builder.add(randomUUID(), `${index}${name.slice(1)}`)).toBe(true);
    }
    expect(builder.add(randomUUID(), "y")).toBe(false);
    expect(builder.add(randomUUID(), `0${name.slice(1)}`)).toBe(true);
  });
});
