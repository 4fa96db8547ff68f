import { OgrtError } from "../../errors.js";
import type { Connection } from "./engine.js";
import { createStatements, SCHEMA_VERSION } from "./schema.js";

/** Statements that lead from one version to the next. */
type Migration = () => readonly string[];

/**
 * By the version that they start from; version 0 is an empty file. A release that changes the layout freezes the text of
 * the steps before, adds its own, and keeps a store of the version before in test-fixtures/store.
 */
const MIGRATIONS: readonly Migration[] = [() => createStatements()];

/** Brings a store to the current layout, in one transaction. */
export async function migrate(
  connection: Connection,
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const version = await versionOf(connection);
  refuseNewer(version, path, migrations.length);
  if (version === migrations.length) return;
  await connection.run("BEGIN");
  try {
    for (const statements of migrations.slice(version)) {
      for (const statement of statements()) await connection.run(statement);
    }
    await connection.run("INSERT OR REPLACE INTO meta VALUES ('schema_version', $1)", [`${migrations.length}`]);
    await connection.run("COMMIT");
  } catch (error) {
    await connection.run("ROLLBACK");
    throw error;
  }
}

/** Checks that a store can be read as it is, without changing it. */
export async function requireVersion(connection: Connection, path: string): Promise<void> {
  const version = await versionOf(connection);
  refuseNewer(version, path);
  if (version === SCHEMA_VERSION) return;
  throw new OgrtError("STORE_VERSION", `the store has layout ${version}; start the collector once to bring it up`, {
    path,
    value: version,
  });
}

function refuseNewer(version: number, path: string, newest = SCHEMA_VERSION): void {
  if (version <= newest) return;
  const sentence = `the store has layout ${version}, this release knows up to ${newest}`;
  throw new OgrtError("STORE_VERSION", sentence, { path, value: version });
}

/** 0 for an empty file. */
async function versionOf(connection: Connection): Promise<number> {
  const tables = await connection.runAndReadAll(
    "SELECT count(*) FROM information_schema.tables WHERE table_name = 'meta'",
  );
  if (Number(tables.value(0, 0)) === 0) return 0;
  const rows = await connection.runAndReadAll(`SELECT "value" FROM meta WHERE "key" = 'schema_version'`);
  return rows.currentRowCount === 0 ? 0 : Number(rows.value(0, 0));
}
