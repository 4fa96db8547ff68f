import { type Connection, loadEngine } from "../database/engine.js";
import { rows, type StoredList } from "../database/rows.js";
import type { Naming } from "../frames/json.js";
import { NameTable } from "../names/name-table.js";
import type { NamesRead } from "../names/protocol.js";

/** The content of register and catalogues, as the names thread has read it. */
export type Names = Pick<NamesRead, "arrays" | "catalogue">;

/** Rows of one DuckDB data chunk (its STANDARD_VECTOR_SIZE). */
const CHUNK_ROWS = 2048;
const NEWLINE = 10;

/**
 * Names of software as temporary tables of the connection that answers questions: `catalogue` holds every catalogued file,
 * `software` (signature, value) the names of the signatures of stored objects.
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
    const tables = new NameTables(connection);
    await tables.take(names);
    return tables;
  }

  names(signature: string): readonly string[] {
    return this.#table.find(signature);
  }

  /** Replaces all names. */
  async take(names: Names | undefined): Promise<void> {
    this.#table = new NameTable(names?.arrays);
    this.#lastObject = 0;
    this.version++;
    await this.#connection.run("CREATE OR REPLACE TEMP TABLE software (signature VARCHAR, value VARCHAR)");
    await this.#connection.run(
      "CREATE OR REPLACE TEMP TABLE catalogue (path VARCHAR, soname VARCHAR, build_id VARCHAR, signatures VARCHAR[], software VARCHAR)",
    );
    if (names !== undefined) await this.#fillCatalogue(names.catalogue);
  }

  /** Adds the names of objects that were stored since the last time. */
  async refresh(): Promise<void> {
    const found = await rows<{ id: number; signatures: StoredList }>(
      this.#connection,
      "SELECT id, signatures FROM object WHERE id > $last AND len(signatures) > 0",
      { last: this.#lastObject },
    );
    const [newest] = await rows<{ id: number }>(this.#connection, "SELECT coalesce(max(id), 0) AS id FROM object");
    const signatures = new Set(found.flatMap((row) => row.signatures.items));
    const pairs = [...signatures].flatMap((signature) => this.names(signature).map((name) => [signature, name]));
    await append(this.#connection, "software", [pairs.map(([signature]) => signature), pairs.map(([, name]) => name)]);
    this.#lastObject = newest?.id ?? 0;
  }

  async #fillCatalogue(lines: Uint8Array): Promise<void> {
    const { listValue } = await loadEngine();
    const decoder = new TextDecoder();
    let gathered: [string, string | null, string | null, string[], string][] = [];
    const flush = async () => {
      const column = (index: number) => gathered.map((file) => file[index]);
      const signatures = gathered.map((file) => listValue(file[3]));
      await append(this.#connection, "catalogue", [column(0), column(1), column(2), signatures, column(4)]);
      gathered = [];
    };
    for (let at = 0; at < lines.length; ) {
      const end = lines.indexOf(NEWLINE, at);
      gathered.push(JSON.parse(decoder.decode(lines.subarray(at, end))));
      at = end + 1;
      if (gathered.length === CHUNK_ROWS) await flush();
    }
    await flush();
  }
}

async function append(connection: Connection, table: string, columns: readonly (readonly unknown[])[]): Promise<void> {
  const { DuckDBDataChunk } = await loadEngine();
  const appender = await connection.createAppender(table, "main", "temp");
  try {
    const types = columns.map((_, index) => appender.columnType(index));
    for (let from = 0; from < (columns[0]?.length ?? 0); from += CHUNK_ROWS) {
      const values = columns.map((column) => column.slice(from, from + CHUNK_ROWS));
      const chunk = DuckDBDataChunk.create(types, values[0]?.length ?? 0);
      chunk.setColumns(values as Parameters<typeof chunk.setColumns>[0]);
      appender.appendDataChunk(chunk);
    }
  } finally {
    appender.closeSync();
  }
}
