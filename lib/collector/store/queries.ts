import { isoTime } from "../json.js";
import { type Assembled, assemble, type Summary, summarize } from "./assemble.js";
import type { Connection, EngineValue } from "./engine.js";
import { items, rows, type StoredList } from "./rows.js";

/*
 * The questions that a store answers. The collector's API and ogrt-query without a collector both come here, so their
 * answers are the same.
 */

export type QueryRequest =
  | { readonly name: "processes"; readonly parameters: ProcessesParameters }
  | { readonly name: "job"; readonly parameters: JobParameters }
  | { readonly name: "signatureJobs"; readonly parameters: SignatureParameters };

interface ProcessesParameters {
  readonly job?: string | undefined;
  readonly user?: string | undefined;
  readonly host?: string | undefined;
  readonly limit: number;
}

interface JobParameters {
  readonly job: string;
  readonly limit: number;
}

interface SignatureParameters {
  /** Canonical UUID. */
  readonly signature: string;
  readonly limit: number;
}

export interface ProcessesAnswer {
  /** Last received first (when a process says it started is a claim), without environment and objects. */
  processes: ProcessSummary[];
  /** True when the answer would have been too large and some were left out. */
  truncated: boolean;
}

export type ProcessSummary = Summary;

export interface JobAnswer {
  job: string;
  /** In order of their start. */
  processes: Assembled[];
  /** How many there are, when the limit left some out. */
  total: number;
  /** True when the answer would have been too large: processes or parts of their lists were left out. */
  truncated: boolean;
  /** What job start and end frames said. */
  events: { kind: string; happened: string }[];
}

interface SignatureJobs {
  job: string | null;
  /** At most 100 each; the counts are of all. */
  users: (string | null)[];
  hosts: (string | null)[];
  userCount: number;
  hostCount: number;
  processes: number;
  firstUse: string;
  lastUse: string;
}

export interface SignatureAnswer {
  signature: string;
  /** What the register and the catalogues call it. */
  software: readonly string[];
  jobs: SignatureJobs[];
  /** Where processes found it, with which verdict. */
  objects: { path: string; buildId: string | null; verdict: string }[];
  /** Files of one name that were verified on disk with this signature, on different builds. */
  conflicts: { fileName: string; buildIds: string[] }[];
}

export type Answer = ProcessesAnswer | JobAnswer | SignatureAnswer;

const LISTED = 100;

export function answer(connection: Connection, request: QueryRequest): Promise<Answer> {
  switch (request.name) {
    case "processes":
      return processes(connection, request.parameters);
    case "job":
      return job(connection, request.parameters);
    case "signatureJobs":
      return signatureJobs(connection, request.parameters);
  }
}

async function processes(connection: Connection, parameters: ProcessesParameters): Promise<ProcessesAnswer> {
  const { limit, job, user, host } = parameters;
  const conditions: string[] = [];
  const values: Record<string, EngineValue> = { limit };
  for (const [column, value] of Object.entries({ job, user_name: user, host })) {
    if (value === undefined) continue;
    conditions.push(`p.${column} = $${column}`);
    values[column] = value;
  }
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  return summarize(connection, { where, order: "p.received DESC, p.rowid DESC", values });
}

async function job(connection: Connection, { job, limit }: JobParameters): Promise<JobAnswer> {
  const { processes, truncated } = await assemble(connection, {
    where: "WHERE p.job = $job",
    order: "p.started, p.rowid",
    values: { job, limit },
  });
  const [count] = await rows<{ total: number }>(
    connection,
    "SELECT count(*)::INTEGER AS total FROM process WHERE job = $job",
    { job },
  );
  const events = await rows<{ kind: string; happened: bigint }>(
    connection,
    "SELECT kind, epoch_ns(happened) AS happened FROM job_event WHERE job = $job ORDER BY happened LIMIT $limit",
    { job, limit },
  );
  return {
    job,
    processes,
    total: count?.total ?? 0,
    truncated,
    events: events.map(({ kind, happened }) => ({ kind, happened: isoTime(happened) })),
  };
}

/** Findings on objects with a signature, and the processes that had one of them. */
const USED = `
  WITH hit AS MATERIALIZED (
    SELECT f.id, f.verdict, f.disk_build_id, o.path, o.build_id
    FROM finding f JOIN object o ON o.id = f.object WHERE list_contains(o.signatures, $signature)
  ),
  lists AS MATERIALIZED (SELECT DISTINCT list FROM object_list WHERE finding IN (SELECT id FROM hit)),
  used AS (
    SELECT uuid FROM process WHERE program IN (SELECT id FROM hit) OR objects IN (FROM lists)
    UNION SELECT uuid FROM process_part WHERE objects IN (FROM lists)
    UNION SELECT uuid FROM process_end WHERE objects IN (FROM lists)
  )`;

interface JobRow {
  job: string | null;
  users: StoredList<string | null>;
  hosts: StoredList<string | null>;
  user_count: number;
  host_count: number;
  processes: number;
  first_use: bigint;
  last_use: bigint;
}

async function signatureJobs(connection: Connection, parameters: SignatureParameters): Promise<SignatureAnswer> {
  const { signature, limit } = parameters;
  const jobs = await rows<JobRow>(
    connection,
    `${USED}
    SELECT p.job,
      list(DISTINCT p.user_name ORDER BY p.user_name)[1:${LISTED}] AS users,
      list(DISTINCT p.host ORDER BY p.host)[1:${LISTED}] AS hosts,
      count(DISTINCT p.user_name)::INTEGER AS user_count, count(DISTINCT p.host)::INTEGER AS host_count,
      count(*)::INTEGER AS processes, epoch_ns(min(p.started)) AS first_use, epoch_ns(max(p.started)) AS last_use
    FROM process p WHERE p.uuid IN (FROM used)
    GROUP BY p.job ORDER BY last_use DESC, p.job LIMIT $limit`,
    { signature, limit },
  );
  const objects = await rows<{ path: string; build_id: string | null; verdict: string }>(
    connection,
    `${USED} SELECT DISTINCT path, build_id, verdict FROM hit ORDER BY path, build_id, verdict LIMIT ${LISTED}`,
    { signature },
  );
  const conflicts = await rows<{ file_name: string; build_ids: StoredList }>(
    connection,
    `${USED}
    SELECT regexp_extract(path, '[^/]*$') AS file_name, list(DISTINCT disk_build_id ORDER BY disk_build_id) AS build_ids
    FROM hit WHERE verdict = 'verified' AND disk_build_id IS NOT NULL
    GROUP BY file_name HAVING len(build_ids) > 1 ORDER BY file_name LIMIT ${LISTED}`,
    { signature },
  );
  return {
    signature,
    software: [],
    jobs: jobs.map((row) => ({
      job: row.job,
      users: items(row.users),
      hosts: items(row.hosts),
      userCount: row.user_count,
      hostCount: row.host_count,
      processes: row.processes,
      firstUse: isoTime(row.first_use),
      lastUse: isoTime(row.last_use),
    })),
    objects: objects.map(({ path, build_id, verdict }) => ({
      path,
      buildId: build_id,
      verdict,
    })),
    conflicts: conflicts.map(({ file_name, build_ids }) => ({
      fileName: file_name,
      buildIds: items(build_ids),
    })),
  };
}
