import { expect, it } from "vitest";
import { bytesToText } from "../../lib/text/escape.js";
import { ByBytes } from "../../lib/wire/by-bytes.js";
import { TextTable } from "../../lib/wire/text-table.js";

const hex = (text: string) => Buffer.from(text, "hex");

it("texts do not depend on earlier texts", () => {
  // The escaped text of each equals the characters of the next one's bytes.
  const lookalikes = ["ff", "5c786666", "c3a9c3a9c3a9ff", "e9e9e95c786666", "00", "5c783030", "5c", "5c5c", ""];
  const table = new TextTable();
  for (let round = 0; round < 3; round++) {
    for (const text of lookalikes) expect(table.text(hex(text))).toBe(bytesToText(hex(text)));
    for (let i = 0; i < 20_000; i++) expect(table.text(Buffer.from(`user${i}`))).toBe(`user${i}`);
  }
});

it("equal bytes give equal texts, cached or not", () => {
  const table = new TextTable();
  for (const text of ["hpcuser", "ü", "x".repeat(500), "back\\slash"]) {
    const bytes = Buffer.from(text);
    expect(table.text(bytes)).toBe(table.text(bytes));
  }
});

it("values are found by all their bytes, not only by their checksum", () => {
  const values = new ByBytes<string>(
    1000,
    () => 1,
    (bytes) => Buffer.from(bytes).toString("latin1"),
  );
  // CRC-32 of both is 0x4ddb0c25.
  expect(values.get(Buffer.from("plumless"))).toBe("plumless");
  expect(values.get(Buffer.from("buckeroo"))).toBe("buckeroo");
  expect(values.get(Buffer.from("plumless"))).toBe("plumless");
});

it("a cached value is decoded once, and does not depend on later changes of its bytes", () => {
  let made = 0;
  const values = new ByBytes<number>(
    1000,
    () => 1,
    () => ++made,
  );
  const bytes = Buffer.from("some bytes");
  expect([values.get(bytes), values.get(Buffer.from("some bytes"))]).toEqual([1, 1]);
  bytes.fill(0);
  expect([values.get(Buffer.from("some bytes")), values.get(bytes)]).toEqual([1, 2]);
});
