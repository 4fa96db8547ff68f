import type { TableName } from "./schema.js";

/*
 * The rows of a commit on their way from the main thread, which makes them (store/main/batch-rows.ts), to the engine
 * (append.ts). Columns are arrays of bytes, since lists of values cost both threads ten times as much: to clone, to
 * convert, to collect.
 */

/** The values of a column. */
export interface ColumnValues {
  /**
   * One after the other as the engine lays them out, all of the same size. A text is its number among the texts of the
   * batch, from 1 on; a list of texts is the place of its first element in `elements`, and its length (32 bits each).
   */
  readonly bytes: Uint8Array;
  /** A bit for each row that has a value, in words of 64 bits; undefined when all rows have one. */
  readonly valid: Uint8Array | undefined;
}

export interface TableRows {
  readonly rows: number;
  /** Undefined for a column without values. */
  readonly columns: readonly (ColumnValues | undefined)[];
}

/** The facts of a batch. */
export interface BatchFacts {
  readonly records: number;
  /** The last one. */
  readonly sequence: number;
  /** When the first and the last were received, in milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
}

/** Rows that one commit appends. */
export interface Batch {
  readonly tables: { readonly [T in TableName]?: TableRows };
  /** The texts of all rows, each once. */
  readonly texts: readonly string[];
  /** Numbers of the texts in lists. */
  readonly elements: Uint32Array;
  readonly facts: BatchFacts;
}
