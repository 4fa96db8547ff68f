import { appendColumns } from "../database/append.js";
import { type Connection, loadEngine } from "../database/engine.js";
import { jsonRow, rows, type StoredList } from "../database/rows.js";
import type { Naming } from "../frames/json.js";
import { NameTable } from "../names/name-table.js";
import type { NamesRead } from "../names/protocol.js";

/** The content of register and catalogues, as the names process has read it. */
export type Names = Pick<NamesRead, "arrays" | "catalogue">;

/** Catalogued files that are appended at once, which bounds the memory that they take. */
const MAX_APPENDED_FILES = 2048;
/** Columns in the order of the array in each line of a catalogue (names/protocol.ts). */
const CATALOGUE_COLUMNS = [
  "path VARCHAR",
  "soname VARCHAR",
  "build_id VARCHAR",
  "signatures VARCHAR[]",
  "software VARCHAR",
  "is_package BOOLEAN",
  "size BIGINT",
];

type CatalogueValue = string | number | boolean | null | string[];
const NEWLINE = 10;

/** The database in memory that holds the tables: every connection of the instance has it. */
const DATABASE = "names";

/** Marks the names of a signature that a catalogue gives. */
const CATALOGUED = `
  UPDATE ${DATABASE}.software s SET is_catalogued = true
  FROM (SELECT unnest(signatures) AS signature, software AS name FROM ${DATABASE}.catalogue) c
  WHERE NOT is_catalogued AND c.signature = s.signature AND c.name = s.value`;

/**
 * Names of software as tables beside the store: `names.catalogue` holds every catalogued file, `names.software` (signature,
 * value, is_catalogued) the names of the signatures of stored objects, from registers or catalogues.
 */
export class NameTables implements Naming {
  readonly #connection: Connection;
  #table = new NameTable();
  #lastObject = 0;
  version = 0;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async create(connection: Connection, names: Names | undefined): Promise<NameTables> {
    await connection.run(`ATTACH IF NOT EXISTS ':memory:' AS ${DATABASE} (READ_WRITE)`);
    const tables = new NameTables(connection);
    await tables.replace(names);
    return tables;
  }

  names(signature: string): readonly string[] {
    return this.#table.find(signature);
  }

  /** Replaces all names. */
  async replace(names: Names | undefined): Promise<void> {
    this.#table = new NameTable(names?.arrays);
    this.#lastObject = 0;
    this.version++;
    await this.#connection.run(
      `CREATE OR REPLACE TABLE ${DATABASE}.software (signature VARCHAR, value VARCHAR, is_catalogued BOOLEAN)`,
    );
    await this.#connection.run(`CREATE OR REPLACE TABLE ${DATABASE}.catalogue (${CATALOGUE_COLUMNS.join(", ")})`);
    if (names !== undefined) await this.#fillCatalogue(names.catalogue);
  }

  /** Adds the names of objects that were stored since the last time. */
  async refresh(): Promise<void> {
    const found = await rows<{ id: number; signatures: StoredList }>(
      this.#connection,
      "SELECT id, signatures FROM object WHERE id > $last AND len(signatures) > 0",
      { last: this.#lastObject },
    );
    const newest = await jsonRow<{ id: number }>(this.#connection, "SELECT coalesce(max(id), 0) AS id FROM object");
    const signatures = new Set(found.flatMap((row) => row.signatures.items));
    const named = [...signatures].flatMap((signature) => this.names(signature).map((name) => ({ signature, name })));
    const columns = [named.map(({ signature }) => signature), named.map(({ name }) => name), named.map(() => false)];
    await appendColumns<string | boolean>(this.#connection, "software", columns, {
      convert: (value) => value,
      database: DATABASE,
    });
    if (named.length > 0) await this.#connection.run(CATALOGUED);
    this.#lastObject = newest.id;
  }

  async #fillCatalogue(lines: Uint8Array): Promise<void> {
    const { listValue } = await loadEngine();
    const convert = (value: CatalogueValue) => {
      if (Array.isArray(value)) return listValue(value);
      return typeof value === "number" ? BigInt(Math.trunc(value)) : value;
    };
    const decoder = new TextDecoder();
    let files: CatalogueValue[][] = [];
    const flush = async () => {
      const columns = CATALOGUE_COLUMNS.map((_, index) => files.map((file) => file[index] ?? null));
      await appendColumns(this.#connection, "catalogue", columns, { convert, database: DATABASE });
      files = [];
    };
    for (let at = 0; at < lines.length; ) {
      const end = lines.indexOf(NEWLINE, at);
      files.push(JSON.parse(decoder.decode(lines.subarray(at, end))));
      at = end + 1;
      if (files.length === MAX_APPENDED_FILES) await flush();
    }
    await flush();
  }
}
