import { appendColumns } from "../../database/append.js";
import { type Connection, type Engine, type EngineValue, loadEngine, uuidValue } from "../../database/engine.js";
import {
  type Batch,
  type Columns,
  type ColumnType,
  FACT_TABLES,
  type FactTable,
  TABLE_NAMES,
  TABLES,
  type TableName,
  type Value,
} from "../../database/schema.js";
import { inTransaction } from "../../database/transaction.js";

/** The batch was rolled back: the store is as it was before. */
export class NothingStored extends Error {}

/** Appends batches, each in one transaction that is on disk when `append` resolves. */
export class Writer {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * @param number - grows with every batch. The store keeps the last one, so that no batch is appended twice.
   * @throws {@link NothingStored} when the batch was rolled back; after any other error it may be in the store.
   */
  async append(batch: Batch, number: number): Promise<void> {
    await inTransaction(
      this.#connection,
      async () => {
        for (const table of TABLE_NAMES) {
          const columns = batch[table];
          if (columns !== undefined) await this.#appendTo(table, columns);
        }
        await this.#connection.run("INSERT OR REPLACE INTO meta VALUES ('last_batch', $1), ('last_sequence', $2)", [
          `${number}`,
          `${lastSequence(batch)}`,
        ]);
      },
      (cause) => new NothingStored(cause.message, { cause }),
    );
  }

  /** Whether a batch is in the store, which an error of its commit leaves open. */
  async has(number: number): Promise<boolean> {
    const found = await this.#connection.runAndReadAll(`SELECT "value" FROM meta WHERE "key" = 'last_batch'`);
    return found.currentRowCount > 0 && Number(found.value(0, 0)) >= number;
  }

  async #appendTo(table: TableName, columns: Columns): Promise<void> {
    const types: ColumnType[] = Object.values(TABLES[table]);
    const converters = convertersOf(await loadEngine());
    const converterOf = types.map((type) => converters[type]);
    await appendColumns(this.#connection, table, columns, {
      convert: (value, column) => (value === null ? null : (converterOf[column]?.(value) ?? (value as EngineValue))),
    });
  }
}

/** The store keeps it apart from the rows: the sequence of a removed row must not be given out again. */
export function lastSequence(batch: Batch): bigint {
  const last = FACT_TABLES.map((table) => batch[table]?.[SEQUENCE_COLUMN[table]]?.at(-1) ?? 0n) as bigint[];
  return last.reduce((highest, sequence) => (sequence > highest ? sequence : highest));
}

const SEQUENCE_COLUMN = Object.fromEntries(
  FACT_TABLES.map((table) => [table, Object.keys(TABLES[table]).indexOf("sequence")]),
) as Record<FactTable, number>;

type Converter = (value: NonNullable<Value>) => EngineValue;

/** Converters of the types whose JavaScript value differs from the engine's. */
const convertersOf = (engine: Engine): { readonly [T in ColumnType]?: Converter } => ({
  "VARCHAR[]": (value) => engine.listValue(value as readonly string[]),
  TIMESTAMP_NS: (value) => new engine.DuckDBTimestampNanosecondsValue(value as bigint),
  UUID: (value) => uuidValue(engine, value as string),
});
