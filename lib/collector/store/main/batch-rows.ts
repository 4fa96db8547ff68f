import type { Batch, BatchFacts, ColumnValues, TableRows } from "../../database/batch.js";
import { type ColumnType, type Row, TABLE_NAMES, TABLES, type TableName, type Value } from "../../database/schema.js";
import { UUID_WORDS, uuidWords } from "../../frames/frame-key.js";

export type AppendRow = <T extends TableName>(table: T, row: Row<T>) => void;

const FIRST_CAPACITY = 512;
/** Rows whose arrays are used again. A batch may have many more, of objects in lists. */
const MAX_KEPT_ROWS = 8192;
/** Rows of a word of validity bits, and of one as the engine has them. */
const BITS = 32;
const ENGINE_BITS = 64;

/** Gathers rows into the columns of a batch. */
export class BatchRows {
  readonly #texts = new Texts();
  readonly #tables = Object.fromEntries(
    TABLE_NAMES.map((table) => [table, new TableWriter(TABLES[table], this.#texts)]),
  ) as Record<TableName, TableWriter>;

  /** @throws RangeError when a value does not fit its column; the row is then incomplete, and {@link clear} is next. */
  readonly append: AppendRow = (table, row) => this.#tables[table].add(row as Record<string, Value>);

  /** The batch so far; the next row begins another one. */
  take(facts: BatchFacts): Batch {
    const tables: { [T in TableName]?: TableRows } = {};
    for (const table of TABLE_NAMES) {
      const rows = this.#tables[table].take();
      if (rows.rows > 0) tables[table] = rows;
    }
    return { tables, ...this.#texts.take(), facts };
  }

  clear(): void {
    for (const table of TABLE_NAMES) this.#tables[table].take();
    this.#texts.take();
  }
}

class TableWriter {
  readonly #names: readonly string[];
  readonly #columns: readonly ColumnWriter[];
  #rows = 0;

  constructor(types: Readonly<Record<string, StoredType>>, texts: Texts) {
    this.#names = Object.keys(types);
    this.#columns = Object.values(types).map((type) => new ColumnWriter(setterOf(type, texts)));
  }

  add(row: Readonly<Record<string, Value>>): void {
    for (let index = 0; index < this.#names.length; index++) {
      const value = row[this.#names[index] as string];
      if (value != null) this.#columns[index]?.put(this.#rows, value);
    }
    this.#rows++;
  }

  take(): TableRows {
    const rows = this.#rows;
    this.#rows = 0;
    return { rows, columns: this.#columns.map((column) => column.take(rows)) };
  }
}

/** Writes values of one type into an array. */
interface Setter {
  /** An empty array for a number of rows. */
  readonly array: (rows: number) => Words;
  /** @throws RangeError. */
  readonly set: (array: Words, row: number, value: NonNullable<Value>) => void;
}

type Words = Int32Array | Uint32Array | BigInt64Array | BigUint64Array;
type StoredType = Exclude<ColumnType, "DOUBLE" | "DATE">;

class ColumnWriter {
  readonly #setter: Setter;
  #capacity = 0;
  #words: Words;
  #valid: Uint32Array;
  /** Rows with a value. */
  #filled = 0;

  constructor(setter: Setter) {
    this.#setter = setter;
    this.#words = setter.array(0);
    this.#valid = new Uint32Array(0);
  }

  put(row: number, value: NonNullable<Value>): void {
    if (row >= this.#capacity) this.#grow(row);
    this.#setter.set(this.#words, row, value);
    this.#valid[row >>> 5] = (this.#valid[row >>> 5] as number) | (1 << (row & (BITS - 1)));
    this.#filled++;
  }

  /** The values so far; undefined when there are none. */
  take(rows: number): ColumnValues | undefined {
    if (this.#filled === 0) return undefined;
    // A last row without a value may lie beyond the array.
    if (rows > this.#capacity) this.#grow(rows);
    const size = this.#words.byteLength / this.#capacity;
    const bytes = new Uint8Array(this.#words.buffer, 0, rows * size).slice();
    const words = Math.ceil(rows / ENGINE_BITS) * (ENGINE_BITS / BITS);
    const valid = this.#filled === rows ? undefined : new Uint8Array(this.#valid.buffer, 0, words * 4).slice();
    this.#clear();
    return { bytes, valid };
  }

  #clear(): void {
    this.#filled = 0;
    if (this.#capacity <= MAX_KEPT_ROWS) {
      this.#valid.fill(0);
      return;
    }
    this.#capacity = 0;
    this.#words = this.#setter.array(0);
    this.#valid = new Uint32Array(0);
  }

  #grow(row: number): void {
    while (this.#capacity <= row) this.#capacity = Math.max(FIRST_CAPACITY, this.#capacity * 2);
    const words = this.#setter.array(this.#capacity);
    words.set(this.#words as never);
    const valid = new Uint32Array(this.#capacity / BITS);
    valid.set(this.#valid);
    this.#words = words;
    this.#valid = valid;
  }
}

/** The texts of a batch. Most repeat, so a look-up takes the place of copying, sending and converting them. */
class Texts {
  #numbers = new Map<string, number>();
  #elements = new Uint32Array(FIRST_CAPACITY);
  #length = 0;

  /** From 1 on; 0 is no text. */
  numberOf(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      this.#numbers.set(text, number);
    }
    return number;
  }

  /** The place of the first element. */
  list(texts: readonly string[]): number {
    const place = this.#length;
    if (place + texts.length > this.#elements.length) {
      const grown = new Uint32Array(Math.max(this.#elements.length * 2, place + texts.length));
      grown.set(this.#elements);
      this.#elements = grown;
    }
    for (const text of texts) this.#elements[this.#length++] = this.numberOf(text);
    return place;
  }

  take(): Pick<Batch, "texts" | "elements"> {
    const taken = { texts: [...this.#numbers.keys()], elements: this.#elements.slice(0, this.#length) };
    this.#numbers = new Map();
    this.#length = 0;
    return taken;
  }
}

const outOfRange = (value: Value) => new RangeError(`${value} is out of the range of its column`);

/** An array converts a number that it cannot hold. */
function setNumber(array: Words, row: number, value: NonNullable<Value>): void {
  array[row] = value as number;
  if (array[row] !== value) throw outOfRange(value);
}

function setterOf(type: StoredType, texts: Texts): Setter {
  switch (type) {
    case "INTEGER":
      return { array: (rows) => new Int32Array(rows), set: setNumber };
    case "UINTEGER":
      return { array: (rows) => new Uint32Array(rows), set: setNumber };
    case "BIGINT":
    case "TIMESTAMP_NS":
      return {
        array: (rows) => new BigInt64Array(rows),
        set: (array, row, value) => {
          if (BigInt.asIntN(64, value as bigint) !== value) throw outOfRange(value);
          array[row] = value;
        },
      };
    case "UBIGINT":
      return {
        array: (rows) => new BigUint64Array(rows),
        set: (array, row, value) => {
          if (BigInt.asUintN(64, value as bigint) !== value) throw outOfRange(value);
          array[row] = value;
        },
      };
    case "UUID":
      return { array: (rows) => new Uint32Array(rows * UUID_WORDS), set: setUuid };
    case "VARCHAR":
      return {
        array: (rows) => new Uint32Array(rows),
        set: (array, row, value) => {
          array[row] = texts.numberOf(value as string);
        },
      };
    case "VARCHAR[]":
      return {
        array: (rows) => new Uint32Array(rows * 2),
        set: (array, row, value) => {
          const list = value as readonly string[];
          array[2 * row] = texts.list(list);
          array[2 * row + 1] = list.length;
        },
      };
  }
}

const uuid = new Uint32Array(UUID_WORDS);

/** The engine has UUIDs as signed numbers of 128 bits, with the highest bit flipped so that they sort as texts do. */
function setUuid(array: Words, row: number, value: NonNullable<Value>): void {
  uuidWords(uuid, 0, value as string);
  const at = row * UUID_WORDS;
  for (let word = 0; word < UUID_WORDS; word++) array[at + word] = uuid[UUID_WORDS - 1 - word] as number;
  array[at + 3] = ((uuid[0] as number) ^ 0x8000_0000) >>> 0;
}
