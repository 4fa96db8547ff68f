import type { ComponentChildren } from "preact";

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** The value for a spreadsheet; a column without one is left out there. */
  readonly csv?: (row: Row) => string | number | null;
  readonly isNumber?: boolean;
  /** Left out where there is little room. */
  readonly isExtra?: boolean;
  /** Names the row for screen readers. */
  readonly isHead?: boolean;
}

interface Props<Row> {
  /** What the table lists, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** Rows of an answer, a page at most. */
export function DataTable<Row>({ caption, columns, rows }: Props<Row>) {
  const classOf = ({ isNumber, isExtra }: Column<Row>) =>
    [isNumber && "num", isExtra && "wide-only"].filter(Boolean).join(" ") || undefined;
  return (
    <div class="scroll">
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={classOf(column)} key={column.name}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column) =>
                column.isHead ? (
                  <th scope="row" class={classOf(column)} key={column.name}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td class={classOf(column)} key={column.name}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
