import { useState } from "preact/hooks";
import type { Column } from "../../lib/lists/column.js";
import { listCsv } from "../../lib/lists/csv.js";
import { announce } from "../base/announce.js";
import { problemOf } from "../base/answers.js";
import { count, counted } from "../base/format.js";
import { saveFile } from "../base/save-file.js";

interface Props<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  /** The rows of each page, up to the end of the list. */
  readonly pages: () => AsyncIterable<readonly Row[]>;
}

const CSV = { type: "text/csv;charset=utf-8" };

/** Text that is gathered before it goes into the file. */
const PART_CHARACTERS = 1024 * 1024;

/** Fetches all rows of a list and saves them as one CSV file. Without all of them it saves none, and says so. */
export function DownloadButton<Row>({ name, columns, pages }: Props<Row>) {
  const [progress, setProgress] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const start = async () => {
    setProblem(undefined);
    setProgress(0);
    let rows = 0;
    try {
      const csv = listCsv(columns);
      // Browsers keep blobs outside of the page's memory, and large ones on disk.
      const parts: Blob[] = [];
      let text = csv.heading;
      for await (const page of pages()) {
        text += csv.lines(page);
        rows += page.length;
        setProgress(rows);
        if (text.length < PART_CHARACTERS) continue;
        parts.push(new Blob([text], CSV));
        text = "";
      }
      saveFile(`${name}.csv`, new Blob([...parts, text], CSV));
      announce(`${counted(rows, "row")} saved to ${name}.csv`);
    } catch (error) {
      const { message } = problemOf(error);
      setProblem(`Nothing was saved: the list is incomplete after ${counted(rows, "row")}. ${message}`);
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
        <span class="tone-bad" role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
