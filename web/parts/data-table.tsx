import type { ComponentChildren } from "preact";

export interface TableColumn<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean;
  /** True for columns that small screens leave out. */
  readonly isDetail?: boolean;
  /** True for the column that names the row for screen readers. */
  readonly isHead?: boolean;
}

interface Props<Row> {
  /** Name of the table for screen readers. */
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
}

export function DataTable<Row>({ caption, columns, rows }: Props<Row>) {
  const classOf = ({ isNumber, isDetail }: TableColumn<Row>) =>
    [isNumber && "num", isDetail && "wide-only"].filter(Boolean).join(" ") || undefined;
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
