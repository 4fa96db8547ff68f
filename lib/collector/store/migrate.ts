import { OgrtError } from "../../errors.js";
import type { Connection } from "./engine.js";
import { createStatements, SCHEMA_VERSION } from "./schema.js";

/** Statements that lead from the version at their index to the next one. Index 0 is an empty file. */
const MIGRATIONS: readonly (() => readonly string[])[] = [
  () => ['CREATE TABLE meta ("key" VARCHAR PRIMARY KEY, "value" VARCHAR)', ...createStatements()],
];

/** Brings a store to the current layout, in one transaction. */
export async function migrate(connection: Connection, path: string): Promise<void> {
  const version = await versionOf(connection);
  refuseNewer(version, path);
  if (version === SCHEMA_VERSION) return;
  await connection.run("BEGIN");
  try {
    for (const statements of MIGRATIONS.slice(version)) {
      for (const statement of statements()) await connection.run(statement);
    }
    await connection.run("INSERT OR REPLACE INTO meta VALUES ('schema_version', $1)", [`${SCHEMA_VERSION}`]);
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

function refuseNewer(version: number, path: string): void {
  if (version <= SCHEMA_VERSION) return;
  const sentence = `the store has layout ${version}, this release knows up to ${SCHEMA_VERSION}`;
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
