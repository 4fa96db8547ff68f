import type { Input } from "../../client/index.js";
import { execute, jsonRow, type SqlFragment } from "../database/rows.js";
import { selectUse } from "./matches.js";
import type { Context } from "./question.js";

/* Jobs by what they used and did not use: two MPI libraries, or a program without the library that it needs. */

type UseInput = Pick<Input<"jobs">, "used" | "alsoUsed" | "notUsed" | "since" | "until">;

const FILTERS = [
  { name: "used", table: "job_that_used", operator: "IN" },
  { name: "alsoUsed", table: "job_that_also_used", operator: "IN" },
  { name: "notUsed", table: "job_that_used_other", operator: "NOT IN" },
] as const;

export interface JobsByUse {
  /** The condition on rows of usage that their job fits; undefined when nothing was asked for. */
  readonly condition: string | undefined;
  /** Why no job of the span used something that was asked for. */
  readonly notes: readonly string[];
}

/** Writes the jobs of the span that used each of the given files, by what is recognized in a text. */
export async function writeJobsByUse(context: Context, input: UseInput): Promise<JobsByUse> {
  const { since, until } = input;
  const conditions: string[] = [];
  const notes: string[] = [];
  for (const { name, table, operator } of FILTERS) {
    const text = input[name];
    if (text === undefined) continue;
    const { jobs, notesIfUnused } = await selectUse(context, { text, since, until });
    const count = await writeJobs(context, table, await jobs());
    if (count === 0) notes.push(...(await notesIfUnused()));
    conditions.push(`job ${operator} (FROM ${table})`);
  }
  return { condition: conditions.length === 0 ? undefined : conditions.join(" AND "), notes };
}

/** The next selection overwrites the tables that its query reads. */
async function writeJobs({ connection }: Context, table: string, { sql, values }: SqlFragment): Promise<number> {
  await execute(connection, `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT DISTINCT job FROM (${sql})`, values);
  return (await jsonRow<{ jobs: number }>(connection, `SELECT count(*) AS jobs FROM ${table}`)).jobs;
}
