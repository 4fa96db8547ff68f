import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Answer, Input, OperationName } from "../../lib/client/index.js";
import { announce } from "../base/announce.js";
import { client, useAnswer } from "../base/answers.js";
import { counted } from "../base/format.js";
import { type Column, DataTable } from "./data-table.js";
import { DownloadButton } from "./download-button.js";
import { Pager } from "./pager.js";
import { Answered, Notice } from "./states.js";

interface Props<N extends OperationName, Row> {
  readonly operation: N;
  readonly question: Input<N>;
  readonly rowsOf: (answer: Answer<N>) => readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly title: string;
  /** What is said when there are no rows. */
  readonly nothing: string;
  /** Name of the CSV file. */
  readonly file: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly note?: (answer: Answer<N>) => ComponentChildren;
  /** What stands below the table. */
  readonly footer?: (answer: Answer<N>) => ComponentChildren;
}

/** A list that is asked for page by page, with its table and its file. */
export function List<N extends OperationName, Row>(props: Props<N, Row>) {
  const { operation, question, rowsOf, columns, title, nothing, file, path, query, note, footer } = props;
  const cursor = query.get("cursor") ?? undefined;
  const asked = useAnswer(operation, pageOf(question, 100, cursor));
  const heading = useRef<HTMLHeadingElement>(null);
  const page = useRef(cursor);
  const { answer } = asked;
  useEffect(() => {
    if (answer === undefined) return;
    const { length } = rowsOf(answer);
    announce(length === 0 ? nothing : `${title}: ${counted(length, "row")}.`);
    // The link to this page is gone; a page is read from its top.
    if (page.current !== cursor) heading.current?.focus();
    page.current = cursor;
  }, [answer]);
  const nextOf = (answer: Answer<N>) => (answer as { next?: string | null }).next ?? null;
  return (
    <Answered asked={asked}>
      {(answer) => {
        const rows = rowsOf(answer);
        return (
          <>
            <section class="sheet" aria-label={title}>
              <header>
                <h2 ref={heading} tabIndex={-1}>
                  {title}
                </h2>
                {rows.length > 0 && (
                  <DownloadButton
                    name={file}
                    columns={columns}
                    fetchPage={async (at) => {
                      const page = await client.ask(operation, pageOf(question, 1000, at));
                      return { rows: rowsOf(page), next: nextOf(page) };
                    }}
                  />
                )}
              </header>
              {note !== undefined && <div class="body">{note(answer)}</div>}
              {rows.length === 0 ? (
                <Notice title={nothing} />
              ) : (
                <DataTable caption={title} columns={columns} rows={rows} />
              )}
            </section>
            <Pager path={path} query={query} next={nextOf(answer)} />
            {footer?.(answer)}
          </>
        );
      }}
    </Answered>
  );
}

/** All lists are paged in the same way. */
function pageOf<I>(question: I, limit: number, cursor: string | undefined): I {
  return { ...(question as object), limit, ...(cursor !== undefined && { cursor }) } as I;
}
