import { OgrtError } from "../../errors.js";
import type { Connection } from "./engine.js";
import { answerStatements, createStatements, SCHEMA_VERSION, tableStatement } from "./schema.js";
import { inTransaction } from "./transaction.js";

/** Statements that lead from one version to the next. */
type Migration = () => readonly string[];

/**
 * Migrations by the version that they start from. The first creates the current layout in an empty file; each of the others
 * leads to the next version. A release that changes the layout adds a migration, and keeps a store of the version before
 * it in test-fixtures/store.
 */
const MIGRATIONS: readonly Migration[] = [() => createStatements(), () => TO_VERSION_2, () => TO_VERSION_3];

/** The tables of facts of the second layout. */
const FACTS_2 = ["process", "process_part", "process_end", "job_event"];

/** Numbers all facts in the order of their reception. Later parts had no time of reception: they get that of the start. */
const TO_VERSION_2 = [
  ...FACTS_2.map((table) => `ALTER TABLE ${table} ADD COLUMN sequence BIGINT`),
  "ALTER TABLE process_part ADD COLUMN received TIMESTAMP_NS",
  `CREATE TEMP TABLE numbered AS
  WITH happened AS (
    SELECT 1 AS kind, rowid AS place, received FROM process
    UNION ALL SELECT 2, s.rowid, p.received FROM process_part s LEFT JOIN process p USING (uuid)
    UNION ALL SELECT 3, rowid, received FROM process_end
    UNION ALL SELECT 4, rowid, received FROM job_event
  )
  SELECT kind, place, row_number() OVER (ORDER BY received NULLS FIRST, kind, place) AS sequence FROM happened`,
  ...FACTS_2.map(
    (table, index) => `UPDATE ${table} SET sequence = n.sequence FROM numbered n
    WHERE n.kind = ${index + 1} AND n.place = ${table}.rowid`,
  ),
  "UPDATE process_part SET received = p.received FROM process p WHERE p.uuid = process_part.uuid",
  "INSERT OR REPLACE INTO meta SELECT 'last_sequence', coalesce(max(sequence), 0)::VARCHAR FROM numbered",
  "DROP TABLE numbered",
  "ALTER TABLE finding ADD COLUMN disk_package VARCHAR",
  "ALTER TABLE finding ADD COLUMN disk_compilers VARCHAR[]",
  ...answerStatements(),
];

/** What the third layout adds, step by step. */
const TO_VERSION_3 = [...tableStatement("amendment")];

/** Migrates a store to the current layout, in one transaction. */
export async function migrate(
  connection: Connection,
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const version = await versionOf(connection);
  refuseNewer(version, path, migrations.length);
  if (version === migrations.length) return;
  await inTransaction(connection, async () => {
    for (const statements of version === 0 ? migrations.slice(0, 1) : migrations.slice(version)) {
      for (const statement of statements()) await connection.run(statement);
    }
    await connection.run("INSERT OR REPLACE INTO meta VALUES ('schema_version', $1)", [`${migrations.length}`]);
  });
}

/** Checks that a store has the current layout, for readers that must not change it. */
export async function requireVersion(connection: Connection, path: string): Promise<void> {
  const version = await versionOf(connection);
  refuseNewer(version, path);
  if (version === SCHEMA_VERSION) return;
  throw new OgrtError("STORE_VERSION", `the store has layout ${version}; start the collector once to migrate it`, {
    path,
    value: version,
  });
}

function refuseNewer(version: number, path: string, newest = SCHEMA_VERSION): void {
  if (version <= newest) return;
  const sentence = `the store has layout ${version}; this release reads layouts up to ${newest}`;
  throw new OgrtError("STORE_VERSION", sentence, { path, value: version });
}

/** The version of a store's layout; 0 for an empty file. */
export async function versionOf(connection: Connection): Promise<number> {
  const tables = await connection.runAndReadAll(
    "SELECT count(*) FROM information_schema.tables WHERE table_name = 'meta'",
  );
  if (Number(tables.value(0, 0)) === 0) return 0;
  const rows = await connection.runAndReadAll(`SELECT "value" FROM meta WHERE "key" = 'schema_version'`);
  return rows.currentRowCount === 0 ? 0 : Number(rows.value(0, 0));
}
