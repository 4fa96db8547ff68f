import { migrate } from "../../lib/collector/database/migrate.js";
import { openDatabase } from "./database.js";

const DAY_NS = 86_400_000_000_000n;

/**
 * Writes a store of as many processes as given, 200 days old. Each has a job, a user, a host, a program and a module of its
 * own, and a library of the same name from a directory of its own. As many jobs were announced without a process, and a
 * frame was received in as many hours.
 */
export async function writeLongLists(path: string, rows: number): Promise<void> {
  const { connection, close } = await openDatabase(path);
  await migrate(connection, "x");
  const each = `FROM range(1, ${rows + 1}) t(i)`;
  const start = BigInt(Date.now()) * 1_000_000n - 200n * DAY_NS;
  await connection.run(
    `INSERT INTO object BY NAME
    SELECT i AS id, '/home/u' || i || '/prog' AS path, NULL AS soname, [] AS signatures ${each}
    UNION ALL SELECT ${rows} + i, '/home/u' || i || '/lib/libodd.so.1', 'libodd.so.1', [] ${each}`,
  );
  await connection.run(
    `INSERT INTO finding BY NAME SELECT i AS id, i AS object, if(i <= ${rows}, 'mismatch', 'unsigned') AS verdict
    FROM range(1, ${2 * rows + 1}) t(i)`,
  );
  await connection.run(`INSERT INTO object_list SELECT i, 0, ${rows} + i ${each}`);
  await connection.run(`INSERT INTO text_list SELECT i, 0, 'mod/' || i ${each}`);
  await connection.run(
    `INSERT INTO process BY NAME SELECT uuid() AS uuid, make_timestamp_ns(${start} + i * 1000000000) AS started,
      make_timestamp_ns(${start} + i * 1000000000) AS received, 'j' || i AS job, 'u' || i AS user_name, 'h' || i AS host,
      i::INTEGER AS pid, 1 AS parent_pid, ['prog'] AS arguments, 0 AS environment, i AS modules, i AS program,
      i AS objects, i AS sequence ${each}`,
  );
  await connection.run(
    `INSERT INTO job_event BY NAME SELECT 'silent' || i AS job, 'start' AS kind,
      make_timestamp_ns(${start} + i * 1000000000) AS happened, make_timestamp_ns(${start}) AS received,
      ${rows} + i AS sequence ${each}`,
  );
  await connection.run(
    `INSERT INTO accounting SELECT make_timestamp_ns(${start} + (i - 1) * 3600000000000), 'received', NULL, 1 ${each}`,
  );
  await connection.run(`INSERT OR REPLACE INTO meta VALUES ('last_sequence', '${2 * rows}')`);
  close();
}
