import { useState } from "preact/hooks";
import type { Column } from "../../lib/lists/column.js";
import { listCsv } from "../../lib/lists/csv.js";
import { announce } from "../base/announce.js";
import { problemOf } from "../base/answers.js";
import { count, counted } from "../base/format.js";

interface Props<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly fetchPage: (cursor: string | undefined) => Promise<{ rows: readonly Row[]; next: string | null }>;
}

/** The browser holds all rows of a file in memory. ogrt-query and the API have no such limit. */
const MAX_ROWS = 100_000;

/** Fetches all pages of a list and saves them as one CSV file. */
export function DownloadButton<Row>({ name, columns, fetchPage }: Props<Row>) {
  const [progress, setProgress] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const start = async () => {
    setProblem(undefined);
    setProgress(0);
    try {
      const rows: Row[] = [];
      let cursor: string | undefined;
      do {
        const page = await fetchPage(cursor);
        rows.push(...page.rows);
        cursor = page.next ?? undefined;
        setProgress(rows.length);
      } while (cursor !== undefined && rows.length < MAX_ROWS);
      save(`${name}.csv`, listCsv(columns, rows));
      const sentence = `${counted(rows.length, "row")} saved to ${name}.csv`;
      announce(sentence);
      if (cursor !== undefined) setProblem(`${sentence}. The list has more rows; print them with ogrt-query --csv.`);
    } catch (error) {
      setProblem(problemOf(error).message);
    } finally {
      setProgress(undefined);
    }
  };
  return (
    <span class="actions">
      <button type="button" disabled={progress !== undefined} onClick={start}>
        {progress === undefined ? "Download CSV" : `${count(progress)} rows…`}
      </button>
      {problem !== undefined && (
        <span class="tone-warn" role="status">
          {problem}
        </span>
      )}
    </span>
  );
}

function save(name: string, csv: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
