import { DuckDBInstance } from "@duckdb/node-api";

/** A database file, opened beside the collector's code. */
export async function openDatabase(path: string) {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  return {
    connection,
    rows: async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
