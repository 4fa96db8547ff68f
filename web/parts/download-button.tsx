import { useState } from "preact/hooks";
import { announce } from "../base/announce.js";
import { problemOf } from "../base/answers.js";
import { csvOf, download } from "./csv.js";
import type { Column } from "./data-table.js";

interface Props<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  /** The page at a cursor. */
  readonly fetchPage: (cursor: string | undefined) => Promise<{ rows: readonly Row[]; next: string | null }>;
}

/** Rows in one file; who wants more asks ogrt-query or the API, which need not hold them in a browser. */
const ROW_LIMIT = 100_000;

/** Fetches all pages of a list, and offers them as one CSV file. */
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
      } while (cursor !== undefined && rows.length < ROW_LIMIT);
      download(`${name}.csv`, "text/csv;charset=utf-8", csvOf(columns, rows));
      const sentence = `${rows.length.toLocaleString("en")} rows are in ${name}.csv`;
      announce(sentence);
      if (cursor !== undefined) setProblem(`${sentence}; there are more, which ogrt-query --csv prints.`);
    } catch (error) {
      setProblem(problemOf(error).message);
    } finally {
      setProgress(undefined);
    }
  };
  return (
    <span class="actions">
      <button type="button" disabled={progress !== undefined} onClick={start}>
        {progress === undefined ? "Download CSV" : `${progress.toLocaleString("en")} rows…`}
      </button>
      {problem !== undefined && (
        <span class="tone-warn" role="status">
          {problem}
        </span>
      )}
    </span>
  );
}
