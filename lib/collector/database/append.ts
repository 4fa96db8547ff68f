import type { Batch, ColumnValues } from "./batch.js";
import { type Bindings, type Connection, type EngineValue, loadBindings, loadEngine } from "./engine.js";
import { type ColumnType, TABLE_NAMES, TABLES } from "./schema.js";

/** Rows of one DuckDB data chunk (its STANDARD_VECTOR_SIZE). */
const CHUNK_ROWS = 2048;

export interface AppendOptions<T> {
  /** Makes a value of the engine. @param column - index of its column. */
  readonly convert: (value: T, column: number) => EngineValue;
  /** The attached database with the table; the store unless given. */
  readonly database?: string;
}

/** Appends rows, given as columns, to a table. */
export async function appendColumns<T>(
  connection: Connection,
  table: string,
  columns: readonly (readonly T[])[],
  { convert, database }: AppendOptions<T>,
): Promise<void> {
  const { DuckDBDataChunk } = await loadEngine();
  const appender = await (database === undefined
    ? connection.createAppender(table)
    : connection.createAppender(table, "main", database));
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

type Vector = ReturnType<Bindings["data_chunk_get_vector"]>;

/** Appends the rows of a batch. */
export async function appendBatch(connection: Connection, batch: Batch): Promise<void> {
  const { DuckDBDataChunk } = await loadEngine();
  const bindings = await loadBindings();
  const vectors = new Vectors(bindings, batch);
  for (const table of TABLE_NAMES) {
    const from = batch.tables[table];
    if (from === undefined) continue;
    const types: ColumnType[] = Object.values(TABLES[table]);
    const appender = await connection.createAppender(table);
    try {
      const engineTypes = types.map((_, index) => appender.columnType(index));
      for (let first = 0; first < from.rows; first += CHUNK_ROWS) {
        const rows = Math.min(CHUNK_ROWS, from.rows - first);
        const chunk = DuckDBDataChunk.create(engineTypes, rows);
        for (const [index, type] of types.entries()) {
          const vector = bindings.data_chunk_get_vector(chunk.chunk, index);
          const values = from.columns[index];
          if (values === undefined) vectors.setAbsent(vector);
          else vectors.set(vector, type, rowsOf(values, from.rows, first, rows));
        }
        appender.appendDataChunk(chunk);
      }
    } finally {
      appender.closeSync();
    }
  }
}

/** Some rows of a column, from a multiple of 64 on. */
function rowsOf({ bytes, valid }: ColumnValues, of: number, first: number, rows: number): ColumnValues {
  const size = bytes.length / of;
  return {
    bytes: bytes.subarray(first * size, (first + rows) * size),
    valid: valid?.subarray(first / 8, first / 8 + validBytes(rows)),
  };
}

/** Bytes of the bits of some rows, in words of 64 bits. */
const validBytes = (rows: number) => Math.ceil(rows / 64) * 8;

/** A text in a vector: four words, of which the first is its length in bytes. A short one is in the other three. */
const TEXT_WORDS = 4;
const MAX_SHORT_BYTES = 12;
/** In place of the length of a text that is not short. */
const LONG = 0xffff_ffff;
const NO_VALUES = new Uint8Array(validBytes(CHUNK_ROWS));

/** Writes values into vectors as bytes: value by value, the engine's own classes take several times as long. */
class Vectors {
  readonly #bindings: Bindings;
  readonly #batch: Batch;
  /** The texts by number, as vectors have them. */
  readonly #texts: Uint32Array;

  constructor(bindings: Bindings, batch: Batch) {
    this.#bindings = bindings;
    this.#batch = batch;
    this.#texts = encodedTexts(batch.texts);
  }

  setAbsent(vector: Vector): void {
    this.#setValid(vector, NO_VALUES);
  }

  set(vector: Vector, type: ColumnType, { bytes, valid }: ColumnValues): void {
    if (valid !== undefined) this.#setValid(vector, valid);
    if (type === "VARCHAR") this.#setTexts(vector, wordsOf(bytes));
    else if (type === "VARCHAR[]") this.#setLists(vector, wordsOf(bytes));
    else this.#copy(vector, bytes);
  }

  /** @param lists - places and lengths; zeros for rows without a list. */
  #setLists(vector: Vector, lists: Uint32Array): void {
    // The same with 64 bits each, and with places in this vector.
    const entries = new Uint32Array(lists.length * 2);
    const elements: number[] = [];
    for (let at = 0; at < lists.length; at += 2) {
      const [place, length] = [lists[at] as number, lists[at + 1] as number];
      entries[2 * at] = elements.length;
      entries[2 * at + 2] = length;
      for (let index = place; index < place + length; index++) elements.push(this.#batch.elements[index] as number);
    }
    this.#bindings.list_vector_reserve(vector, elements.length);
    this.#bindings.list_vector_set_size(vector, elements.length);
    this.#copy(vector, entries);
    if (elements.length > 0) this.#setTexts(this.#bindings.list_vector_get_child(vector), elements);
  }

  #setTexts(vector: Vector, numbers: ArrayLike<number>): void {
    const values = new Uint32Array(numbers.length * TEXT_WORDS);
    const texts = this.#texts;
    const long: number[] = [];
    for (let row = 0; row < numbers.length; row++) {
      const [to, from] = [row * TEXT_WORDS, (numbers[row] as number) * TEXT_WORDS];
      if (texts[from] === LONG) {
        long.push(row);
        continue;
      }
      for (let word = 0; word < TEXT_WORDS; word++) values[to + word] = texts[from + word] as number;
    }
    this.#copy(vector, values);
    for (const row of long) {
      const text = this.#batch.texts[(numbers[row] as number) - 1] as string;
      this.#bindings.vector_assign_string_element(vector, row, text);
    }
  }

  #setValid(vector: Vector, { buffer, byteOffset, byteLength }: Uint8Array): void {
    this.#bindings.vector_ensure_validity_writable(vector);
    this.#bindings.copy_data_to_vector_validity(vector, 0, buffer as ArrayBuffer, byteOffset, byteLength);
  }

  #copy(vector: Vector, { buffer, byteOffset, byteLength }: ArrayBufferView): void {
    this.#bindings.copy_data_to_vector(vector, 0, buffer as ArrayBuffer, byteOffset, byteLength);
  }
}

const wordsOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => new Uint32Array(buffer, byteOffset, byteLength / 4);

/** Texts by number as vectors have them. Number 0 is no text. */
function encodedTexts(texts: readonly string[]): Uint32Array {
  const words = new Uint32Array((texts.length + 1) * TEXT_WORDS);
  const bytes = Buffer.from(words.buffer);
  for (const [index, text] of texts.entries()) {
    const at = (index + 1) * TEXT_WORDS;
    const length = text.length > MAX_SHORT_BYTES ? LONG : Buffer.byteLength(text);
    const isShort = length <= MAX_SHORT_BYTES;
    words[at] = isShort ? length : LONG;
    if (isShort) bytes.write(text, (at + 1) * 4);
  }
  return words;
}
