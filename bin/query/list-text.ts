import type { Column } from "../../lib/lists/column.js";
import { listCsv } from "../../lib/lists/csv.js";
import { printableJson } from "../../lib/text/escape.js";

export type ListFormat = "json" | "csv" | "ndjson";

/** The text of a list that is written piece by piece. */
export interface ListText<Row> {
  readonly heading: string;
  readonly lines: (rows: readonly Row[]) => string;
  /** @param answer - what the answer says beside the list. */
  readonly closing: (answer: object) => string;
}

/** @param key - the member of the answer that is the list. */
export function listText<Row>(format: ListFormat, key: string, columns: readonly Column<Row>[]): ListText<Row> {
  if (format === "csv") return { ...listCsv(columns), closing: () => "" };
  if (format === "json") return listJson(key);
  return {
    heading: "",
    lines: (rows) => rows.map((row) => `${printableJson(row)}\n`).join(""),
    closing: () => "",
  };
}

/** The answer as one object, with the list as its first member. */
function listJson<Row>(key: string): ListText<Row> {
  let count = 0;
  return {
    heading: `{\n  ${JSON.stringify(key)}: [`,
    lines: (rows) =>
      rows.map((row) => `${count++ === 0 ? "" : ","}\n${printableJson(row, 2).replaceAll(/^/gm, "    ")}`).join(""),
    closing: (answer) => {
      const { [key as keyof typeof answer]: _, ...rest } = answer;
      const members = printableJson(rest, 2)
        .replace(/^\{\n?/, "")
        .replace(/^\}$/, "\n}");
      return `${count === 0 ? "]" : "\n  ]"}${Object.keys(rest).length === 0 ? "" : ","}\n${members}\n`;
    },
  };
}
