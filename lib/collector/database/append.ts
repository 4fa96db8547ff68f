import { type Connection, type EngineValue, loadEngine } from "./engine.js";

/** Rows of one DuckDB data chunk (its STANDARD_VECTOR_SIZE). */
const CHUNK_ROWS = 2048;

export interface AppendOptions<T> {
  /** Makes a value of the engine. @param column - index of its column. */
  readonly convert: (value: T, column: number) => EngineValue;
  /** True for a temporary table. */
  readonly isTemporary?: boolean;
}

/** Appends rows, given as columns, to a table. */
export async function appendColumns<T>(
  connection: Connection,
  table: string,
  columns: readonly (readonly T[])[],
  { convert, isTemporary = false }: AppendOptions<T>,
): Promise<void> {
  const { DuckDBDataChunk } = await loadEngine();
  const appender = await (isTemporary
    ? connection.createAppender(table, "main", "temp")
    : connection.createAppender(table));
  try {
    const types = columns.map((_, index) => appender.columnType(index));
    const rows = columns[0]?.length ?? 0;
    for (let from = 0; from < rows; from += CHUNK_ROWS) {
      const values = columns.map((column, index) =>
        column.slice(from, from + CHUNK_ROWS).map((value) => convert(value, index)),
      );
      const chunk = DuckDBDataChunk.create(types, values[0]?.length ?? 0);
      chunk.setColumns(values);
      appender.appendDataChunk(chunk);
    }
  } finally {
    appender.closeSync();
  }
}
