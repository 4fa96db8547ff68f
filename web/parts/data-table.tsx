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
        <Headings columns={columns.map((column) => [column.name, classOf(column)])} />
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

/** The name of a column and its class. */
type Heading = readonly [name: string, style?: string | undefined];

/** The headings of a table. */
export const Headings = ({ columns }: { columns: readonly Heading[] }) => (
  <thead>
    <tr>
      {columns.map(([name, style]) => (
        <th key={name} scope="col" class={style}>
          {name}
        </th>
      ))}
    </tr>
  </thead>
);
