import { type Batch, type Columns, type Row, TABLES, type TableName } from "../../database/schema.js";

export type AppendRow = <T extends TableName>(table: T, row: Row<T>) => void;

/** Gathers rows into the columns of a batch. */
export class BatchRows {
  #batch: Batch = {};

  readonly append: AppendRow = (table, row) => {
    const names = COLUMN_NAMES[table];
    let columns: Columns | undefined = this.#batch[table];
    if (columns === undefined) {
      columns = names.map(() => []);
      this.#batch[table] = columns;
    }
    for (let index = 0; index < names.length; index++) {
      columns[index]?.push((row as Record<string, Columns[number][number]>)[names[index] as string] ?? null);
    }
  };

  /** The batch so far; the next row begins another one. */
  take(): Batch {
    const batch = this.#batch;
    this.#batch = {};
    return batch;
  }
}

const COLUMN_NAMES = Object.fromEntries(
  Object.entries(TABLES).map(([table, columns]) => [table, Object.keys(columns)]),
) as Record<TableName, string[]>;
