import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Answer, Input, OperationName } from "../../lib/client/index.js";
import type { List as ListDescription } from "../../lib/lists/column.js";
import { announce } from "../base/announce.js";
import { client, useAnswer } from "../base/answers.js";
import { counted } from "../base/format.js";
import type { Place } from "../base/router.js";
import { Cell } from "./cell.js";
import { Completeness, type Spanned } from "./completeness.js";
import { DataTable, type TableColumn } from "./data-table.js";
import { DownloadButton } from "./download-button.js";
import { Pager } from "./pager.js";
import { Sheet } from "./sheet.js";
import { Answered, Notice } from "./states.js";

interface Props<N extends OperationName, K extends keyof Answer<N>, Row> {
  readonly list: ListDescription<N, K, Row>;
  readonly question: Input<N>;
  readonly place: Place;
  readonly title: string;
  /** Sentence for a list without rows. */
  readonly nothing: string;
  /** Cells that look different in this list, by column; null hides a column whose value another cell shows. */
  readonly cells?: Cells<NoInfer<Row>>;
  /** Column that names the row for screen readers; the first by default. */
  readonly head?: string;
  /** Shown above the table. */
  readonly note?: (answer: Answer<N>) => ComponentChildren;
  /** Shown below the table. */
  readonly footer?: (answer: Answer<N>) => ComponentChildren;
}

type Cells<Row> = Readonly<Record<string, ((row: Row) => ComponentChildren) | null>>;

const PAGE_ROWS = 100;
const DOWNLOAD_PAGE_ROWS = 1000;

/** One page of a list, with links to the next and a download of all pages. */
export function List<N extends OperationName, K extends keyof Answer<N>, Row>(props: Props<N, K, Row>) {
  const { list, question, place, title, nothing, note, footer } = props;
  const cursor = place.query.get("cursor") ?? undefined;
  const asked = useAnswer(list.question, pageOf(question, PAGE_ROWS, cursor));
  const heading = useRef<HTMLHeadingElement>(null);
  const shownCursor = useRef(cursor);
  const { answer } = asked;
  const rowsOf = (answer: Answer<N>) => answer[list.rows] as readonly Row[];
  const nextOf = (answer: Answer<N>) => (answer as { next?: string | null }).next ?? null;
  useEffect(() => {
    if (answer === undefined) return;
    const { length } = rowsOf(answer);
    announce(length === 0 ? nothing : `${title}: ${counted(length, "row")}.`);
    // The link to this page no longer exists; the reader continues at the top of the page.
    if (shownCursor.current !== cursor) heading.current?.focus();
    shownCursor.current = cursor;
  }, [answer]);
  const download = (
    <DownloadButton
      name={list.question.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}
      columns={list.columns}
      fetchPage={async (at) => {
        const page = await client.ask(list.question, pageOf(question, DOWNLOAD_PAGE_ROWS, at));
        return { rows: rowsOf(page), next: nextOf(page) };
      }}
    />
  );
  return (
    <Answered asked={asked}>
      {(answer) => {
        const rows = rowsOf(answer);
        return (
          <>
            <Sheet title={title} headingRef={heading} note={rows.length > 0 ? download : undefined} isFlush>
              {note !== undefined && <div class="body">{note(answer)}</div>}
              {rows.length === 0 ? (
                <Notice title={nothing} />
              ) : (
                <DataTable caption={title} columns={tableColumns(props)} rows={rows} />
              )}
            </Sheet>
            <Pager place={place} next={nextOf(answer)} />
            {footer?.(answer)}
            <Completeness of={answer as Spanned} />
          </>
        );
      }}
    </Answered>
  );
}

type Described<Row> = Pick<Props<OperationName, never, Row>, "cells" | "head"> & {
  readonly list: Pick<ListDescription<OperationName, never, Row>, "columns">;
};

/** The columns of a described list, with the default cells where `cells` has none. */
export function tableColumns<Row>({ list, cells = {}, head = list.columns[0]?.name }: Described<Row>) {
  return list.columns.flatMap((column, index): TableColumn<Row>[] => {
    const cell = cells[column.name];
    if (cell === null) return [];
    return [
      {
        name: column.heading,
        cell: cell ?? ((row) => <Cell column={column} row={row} />),
        isNumber: index > 0 && ["number", "duration", "time"].includes(column.kind),
        isDetail: column.isDetail === true,
        isHead: column.name === head,
      },
    ];
  });
}

/** The question for one page: all lists take `limit` and `cursor`. */
function pageOf<I>(question: I, limit: number, cursor: string | undefined): I {
  return { ...(question as object), limit, ...(cursor !== undefined && { cursor }) } as I;
}
