import { OgrtError } from "../../errors.js";
import type { Connection } from "./engine.js";
import {
  accountingStatements,
  addColumns,
  agentStatements,
  createStatements,
  outageStatements,
  rollupStatements,
  SCHEMA_VERSION,
  tableStatement,
} from "./schema.js";
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
  ...accountingStatements(),
];

/** The tables of the rollup of the second layout. */
const ROLLUP_2 = ["name", "usage", "digested"];

/**
 * Minutes without a count become outages. Frames were counted in the minute of their outcome: in each minute as many become
 * received as have one, and those that never had one were in flight when a collector was killed, nobody knows when.
 */
const OUTAGES_3 = [
  ...outageStatements(),
  `INSERT INTO outage SELECT before + INTERVAL 1 MINUTE, "minute", 'unknown' FROM (
    SELECT "minute", lag("minute") OVER (ORDER BY "minute") AS before
    FROM (SELECT DISTINCT "minute" FROM accounting WHERE kind = 'received')
  ) WHERE "minute" > before + INTERVAL 1 MINUTE`,
  `INSERT INTO meta SELECT 'known_since', epoch_ns(min("minute"))::VARCHAR FROM accounting HAVING count(*) > 0`,
  "INSERT INTO meta SELECT 'accounted_sequence', \"value\" FROM meta WHERE \"key\" = 'last_sequence'",
  `CREATE TEMP TABLE balance AS
  SELECT "minute", sum(CASE kind WHEN 'received' THEN frames WHEN 'kernelDropped' THEN 0 ELSE -frames END)::BIGINT AS frames
  FROM accounting GROUP BY "minute"`,
  `INSERT INTO accounting SELECT "minute", 'received', NULL, -frames FROM balance WHERE frames <> 0`,
  ...["'received', NULL", "'dropped', 'killed'"].map(
    (kind) =>
      `INSERT INTO accounting SELECT max("minute"), ${kind}, sum(frames)::BIGINT FROM balance HAVING sum(frames) > 0`,
  ),
  "DROP TABLE balance",
];

/** What the third layout adds, step by step. The rollup is derived again, since its jobs have clusters. */
const TO_VERSION_3 = [
  ...tableStatement("amendment"),
  "ALTER TABLE job_event ADD COLUMN cluster VARCHAR",
  ...addColumns("process_end", "started"),
  ...addColumns("process", "agent"),
  ...addColumns("process_part", "agent"),
  ...addColumns("object", "stamps_unknown"),
  ...agentStatements(),
  ...OUTAGES_3,
  ...ROLLUP_2.map((table) => `DROP TABLE IF EXISTS "${table}"`),
  ...rollupStatements(),
];

/** A change of layout, by the versions of both. */
export interface MigrationDone {
  readonly from: number;
  readonly to: number;
}

/**
 * Migrates a store to the current layout, one version after the other, each in a transaction. Undefined when it had that,
 * or was empty.
 */
export async function migrate(
  connection: Connection,
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<MigrationDone | undefined> {
  const version = await versionOf(connection);
  refuseNewer(version, path, migrations.length);
  for (let from = version; from < migrations.length; ) {
    const statements = migrations[from]?.() ?? [];
    // The first migration leads to the current layout at once.
    const to = from === 0 ? migrations.length : from + 1;
    await inTransaction(connection, async () => {
      for (const statement of statements) await connection.run(statement);
      await connection.run("INSERT OR REPLACE INTO meta VALUES ('schema_version', $1)", [`${to}`]);
    });
    from = to;
  }
  if (version === 0 || version === migrations.length) return undefined;
  return { from: version, to: migrations.length };
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
