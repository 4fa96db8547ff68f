import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Answer, type Input, type ListName, nextCursor } from "../../lib/client/index.js";
import { type List as ListDescription, tableColumnsOf } from "../../lib/lists/column.js";
import { announce } from "../base/announce.js";
import { client, useAnswer } from "../base/answers.js";
import { counted } from "../base/format.js";
import type { Place } from "../base/router.js";
import { Cell } from "./cell.js";
import { AllTime, Completeness, Notes, type Spanned } from "./completeness.js";
import { DataTable, type TableColumn } from "./data-table.js";
import { DownloadButton } from "./download-button.js";
import { Pager } from "./pager.js";
import { Sheet } from "./sheet.js";
import { Answered, Notice } from "./states.js";

interface Props<N extends ListName, K extends keyof Answer<N>, Row> {
  readonly list: ListDescription<N, K, Row>;
  readonly question: Input<N>;
  readonly place: Place;
  readonly title: string;
  /** Sentence for a list without rows. */
  readonly nothing: string | ((answer: Answer<N>) => string);
  /** Cells that look different in this list, by column; null hides a column whose value another cell shows. */
  readonly cells?: Cells<NoInfer<Row>>;
  /** Column that names the row for screen readers; the first by default. */
  readonly head?: string;
  /** Column that orders the list, which small screens show, too. */
  readonly orderedBy?: string;
  /** Shown above the table. */
  readonly note?: (answer: Answer<N>) => ComponentChildren;
  /** Shown below the table. */
  readonly footer?: (answer: Answer<N>) => ComponentChildren;
}

type Cells<Row> = Readonly<Record<string, ((row: Row) => ComponentChildren) | null>>;

const PAGE_ROWS = 100;

/** One page of a list, with links to the next and a download of all rows. */
export function List<N extends ListName, K extends keyof Answer<N>, Row>(props: Props<N, K, Row>) {
  const { list, question, place, title, nothing, note, footer } = props;
  const cursor = place.query.get("cursor") ?? undefined;
  const page = { limit: PAGE_ROWS, ...(cursor !== undefined && { cursor }) };
  const asked = useAnswer(list.question, { ...(question as object), ...page } as Input<N>);
  const heading = useRef<HTMLHeadingElement>(null);
  const shownCursor = useRef(cursor);
  const { answer } = asked;
  const nothingIn = (answer: Answer<N>) => (typeof nothing === "string" ? nothing : nothing(answer));
  const rowsOf = (answer: Answer<N>) => answer[list.rows] as readonly Row[];
  useEffect(() => {
    if (answer === undefined) return;
    const { length } = rowsOf(answer);
    announce(length === 0 ? nothingIn(answer) : `${title}: ${counted(length, "row")}.`);
    // The link to this page no longer exists; the reader continues at the top of the page.
    if (shownCursor.current !== cursor) heading.current?.focus();
    shownCursor.current = cursor;
  }, [answer]);
  const download = (
    <DownloadButton
      name={list.question.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}
      columns={list.columns}
      pages={async function* () {
        for await (const page of client.pages(list.question, question)) yield rowsOf(page);
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
                <Notice title={nothingIn(answer)}>
                  <Notes of={answer as Spanned} />
                  <AllTime place={place} />
                </Notice>
              ) : (
                <DataTable caption={title} columns={tableColumns({ ...props, rows })} rows={rows} />
              )}
            </Sheet>
            <Pager place={place} next={nextCursor(answer) ?? null} rowCount={rowCountOf(answer)} />
            {footer?.(answer)}
            {rows.length > 0 && <Notes of={answer as Spanned} />}
            <Completeness of={answer as Spanned} />
          </>
        );
      }}
    </Answered>
  );
}

const rowCountOf = (answer: object) => (answer as { readonly rowCount?: number | null }).rowCount ?? null;

type Described<Row> = Pick<Props<ListName, never, Row>, "cells" | "head" | "orderedBy"> & {
  readonly list: Pick<ListDescription<ListName, never, Row>, "columns">;
  readonly rows: readonly Row[];
};

/** The columns of a described list, with the default cells where `cells` has none. */
export function tableColumns<Row>({ list, rows, cells = {}, head = list.columns[0]?.name, orderedBy }: Described<Row>) {
  return tableColumnsOf(list.columns, rows).flatMap((column, index): TableColumn<Row>[] => {
    const cell = cells[column.name];
    if (cell === null) return [];
    return [
      {
        name: column.heading,
        cell: cell ?? ((row) => <Cell column={column} row={row} />),
        isNumber: index > 0 && ["number", "bytes", "duration", "time"].includes(column.kind),
        isDetail: column.isDetail === true && column.name !== orderedBy,
        isHead: column.name === head,
      },
    ];
  });
}
