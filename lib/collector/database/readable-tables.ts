import { type Connection, isInterrupt, reasonOf } from "./engine.js";
import { rows } from "./rows.js";

/**
 * Reads every table whole, so that the engine checks the sums of all its blocks.
 *
 * @returns a sentence for each table that cannot be read, without paths.
 */
export async function unreadableTables(connection: Connection): Promise<string[]> {
  const sentences: string[] = [];
  const tables = await rows<{ name: string }>(
    connection,
    "SELECT table_name AS name FROM duckdb_tables() WHERE NOT temporary AND database_name = current_database() ORDER BY name",
  );
  for (const { name } of tables) {
    try {
      await connection.run(`SELECT bit_xor(hash(t)) FROM "${name}" t`);
    } catch (error) {
      if (isInterrupt(error)) throw error;
      const reason = reasonOf(error).replaceAll(/"?\/[^"]*"?/g, "…");
      sentences.push(`a part of the table ${name} cannot be read: ${reason}`);
    }
  }
  return sentences;
}
