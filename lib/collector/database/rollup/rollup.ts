import type { Connection } from "../engine.js";
import { execute, jsonRow } from "../rows.js";
import { ROLLUP_TABLES } from "../schema.js";
import { inTransaction } from "../transaction.js";
import { ANNOUNCED_STEPS } from "./announced.js";
import { LATE_FACT_STEPS } from "./late-facts.js";
import { PROGRAM_SET_STEPS } from "./program-sets.js";
import { writeSubject } from "./subjects.js";
import { USAGE_STEPS } from "./usage.js";

/*
 * Keeps the rollup up to date. Most processes of a job differ only in time and pid, so one row of `usage` stands for many
 * processes. Questions about single jobs and hosts read those rows; others read `daily_usage`, and count jobs by their sets
 * of programs.
 */

/** Sequence numbers that one step rolls up, which bounds the memory that it takes. */
const STEP_SEQUENCES = 500_000;

/** The last sequence number in the rollup, and the last one in the store. */
export interface RollupProgress {
  readonly rolledUp: number;
  readonly last: number;
}

/** The progress after a step, with an error when the step failed. */
export interface RollupState extends RollupProgress {
  readonly error: string | undefined;
}

/** Rolls up what was stored since the last step, at most {@link STEP_SEQUENCES} of it. */
export async function rollUpStep(connection: Connection): Promise<RollupProgress> {
  const { rolledUp, last } = await progressOf(connection);
  const upTo = Math.min(rolledUp + STEP_SEQUENCES, last);
  if (upTo > rolledUp) await step(connection, rolledUp, upTo);
  return { rolledUp: upTo, last };
}

/** Rolls up a store that is open for reading only: into temporary tables, which hide the tables of the same name. */
export async function rollUpInTemporaryTables(connection: Connection): Promise<void> {
  const before = await progressOf(connection);
  if (before.rolledUp >= before.last) return;
  for (const table of ROLLUP_TABLES) await connection.run(`CREATE TEMP TABLE "${table}" AS FROM main."${table}"`);
  for (let done = before; done.rolledUp < done.last; ) done = await rollUpStep(connection);
}

/** What a step does after {@link writeSubject}, in this order. */
const STEP = [
  ...USAGE_STEPS,
  ...PROGRAM_SET_STEPS,
  ...ANNOUNCED_STEPS,
  ...LATE_FACT_STEPS,
  ...["subject", "missed", "fresh", "added", "changed_job", "announced"].map((table) => `DROP TABLE ${table}`),
];

async function step(connection: Connection, since: number, upTo: number): Promise<void> {
  await inTransaction(connection, async () => {
    const firstLate = await writeSubject(connection, since, upTo);
    for (const statement of STEP) await execute(connection, statement, { since, upTo, firstLate });
    await connection.run(
      since === 0
        ? "INSERT INTO rollup_progress VALUES ($upTo, 0, 0, 0)"
        : "UPDATE rollup_progress SET sequence = $upTo",
      { upTo },
    );
  });
}

export function progressOf(connection: Connection): Promise<RollupProgress> {
  return jsonRow(
    connection,
    `SELECT (SELECT coalesce(max(sequence), 0) FROM rollup_progress)::BIGINT AS rolledUp,
      (SELECT coalesce(max("value"::BIGINT), 0) FROM meta WHERE "key" = 'last_sequence')::BIGINT AS last`,
  );
}
