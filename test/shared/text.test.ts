import { describe, expect, it } from "vitest";
import { csvLine } from "../../lib/shared/csv.js";
import { uuidText } from "../../lib/shared/hex.js";
import { table } from "../../lib/shared/table.js";
import { localTime } from "../../lib/shared/time.js";
import { parseWholeNumber } from "../../lib/shared/whole-number.js";

it("a CSV line quotes as RFC 4180 requires, defuses formulas and escapes what is not printable", () => {
  const line = csvLine([
    "plain",
    'say "hi"',
    "a,b",
    "a\nb",
    "=1+1",
    "-x",
    "@x",
    "+x",
    "\tx",
    "\u001b[2J\u200b",
    1.5,
    -2,
    true,
    null,
  ]);
  expect(line).toBe('plain,"say ""hi""","a,b",a\\x0ab,\'=1+1,\'-x,\'@x,\'+x,\\x09x,\\x1b[2J\\u{200b},1.5,-2,true,\r\n');
});

it("a table aligns its columns, escapes controls, and does not widen a column beyond the limit", () => {
  const rows = [
    ["1", "short", "x"],
    ["22", "a very long cell", "\u001b[2J"],
  ];
  expect(table(["N", "NAME", "REST"], rows, { maxWidth: 6 })).toBe(
    "N   NAME    REST\n1   short   x\n22  a very long cell  \\x1b[2J\n",
  );
});

it("times are shown in the local zone", () => {
  expect(localTime(new Date(2026, 10, 2, 8, 5, 2).toISOString())).toBe("2026-11-02 08:05:02");
  expect(localTime("2026-11-01T23:05:02.9Z", "Asia/Kolkata")).toBe("2026-11-02 04:35:02");
  expect(localTime("2026-11-02T00:05:02Z", "UTC")).toBe("2026-11-02 00:05:02");
});

it("16 bytes become a UUID", () => {
  expect(uuidText(Uint8Array.from({ length: 16 }, (_, index) => index * 17))).toBe(
    "00112233-4455-6677-8899-aabbccddeeff",
  );
});

describe("a whole number", () => {
  it.each([
    ["0", 0],
    ["007", 7],
    ["10", 10],
    ["11", undefined],
    ["-1", undefined],
    ["1.0", undefined],
    ["1e1", undefined],
    [" 1", undefined],
    ["", undefined],
    ["٣", undefined],
  ])("%j is %j", (text, value) => {
    expect(parseWholeNumber(text, 0, 10)).toBe(value);
  });
});
