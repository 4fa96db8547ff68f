import { expect, it } from "vitest";
import { shortDuration } from "../../lib/shared/duration.js";
import { canFit, cutInMiddle, table } from "../../lib/shared/table.js";

const HEADING = ["PATH", "RUNS", "USER"];
const ROWS = [
  ["/software/app/1.0/lib/libapp.so.1", "1600000", "alice"],
  ["/bin/sh", "7", "bob"],
];

it("a table aligns numbers at the right", () => {
  expect(table(HEADING, ROWS, { numbers: [false, true, false] })).toBe(
    [
      "PATH                                  RUNS  USER",
      "/software/app/1.0/lib/libapp.so.1  1600000  alice",
      "/bin/sh                                  7  bob",
      "",
    ].join("\n"),
  );
});

it("a table fits a width by cutting its widest cells in the middle, and no number", () => {
  const lines = table(HEADING, ROWS, { numbers: [false, true, false], fit: 36 })
    .trimEnd()
    .split("\n");
  expect(lines.map((line) => line.length <= 36)).toEqual([true, true, true]);
  expect(lines[1]).toMatch(/^\/software\S*…\S*app\.so\.1 {2}1600000 {2}alice$/);
});

it("names are cut in the middle, where they say least", () => {
  expect(cutInMiddle("/software/app/libapp.so", 11)).toBe("/soft…pp.so");
  expect(cutInMiddle("short", 5)).toBe("short");
  expect(cutInMiddle("shorter", 1)).toBe("…");
});

it("a table fits where its numbers and ten characters of each other column do", () => {
  expect(canFit([40, 7, 5], 26, [false, true, false])).toBe(true);
  expect(canFit([40, 7, 5], 25, [false, true, false])).toBe(false);
});

it("colours change no width", () => {
  const paint = (cell: string, row: number) => (row === -1 ? `<${cell}>` : cell);
  expect(table(HEADING, ROWS, { paint, fit: 80 }).replaceAll(/[<>]/g, "")).toBe(table(HEADING, ROWS));
});

it.each([
  [0, "0 s"],
  [0.0151, "15 ms"],
  [12.5, "12.5 s"],
  [119, "119 s"],
  [150, "2.5 min"],
  [7199, "120 min"],
  [7200, "2 h"],
  [92_847_600, "25791 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(shortDuration(seconds)).toBe(text);
});
