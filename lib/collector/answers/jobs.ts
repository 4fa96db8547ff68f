import { items, rows, type StoredList } from "../database/rows.js";
import { isoTime } from "../frames/json.js";
import { assemble } from "./assemble.js";
import { coverageOf } from "./completeness.js";
import { nameProcess } from "./names.js";
import { cut, pageOf } from "./page.js";
import type { Question } from "./question.js";
import { parseSpan } from "./span.js";
import { usageIn } from "./usage.js";

const LISTED = 100;

export const jobs: Question<"jobs"> = async (context, input) => {
  const { connection } = context;
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = await usageIn(context, span);
  const conditions = ["job IS NOT NULL"];
  if (input.user !== undefined) conditions.push("user_name = (SELECT id FROM name WHERE value = $user)");
  if (input.host !== undefined) conditions.push("host = (SELECT id FROM name WHERE value = $host)");
  const found = await rows<{
    job: string;
    users: StoredList;
    hosts: StoredList;
    user_count: bigint;
    host_count: bigint;
    programs: bigint;
    processes: bigint;
    cpu: number;
    first: bigint;
    last: bigint;
  }>(
    connection,
    `WITH used AS (FROM (${usage.sql}) WHERE ${conditions.join(" AND ")}),
    page AS (SELECT job, max(last_use) AS last FROM used GROUP BY job ORDER BY last DESC, job LIMIT $limit OFFSET $offset)
    SELECT j.value AS job, list(DISTINCT u.value ORDER BY u.value)[1:${LISTED}] AS users,
      list(DISTINCT h.value ORDER BY h.value)[1:${LISTED}] AS hosts, count(DISTINCT m.user_name) AS user_count,
      count(DISTINCT m.host) AS host_count, count(DISTINCT m.program) AS programs, sum(m.processes)::BIGINT AS processes,
      sum(m.cpu) AS cpu, epoch_ns(min(m.first_use)) AS first, epoch_ns(page.last) AS last
    FROM page JOIN used m USING (job) JOIN name j ON j.id = page.job
      LEFT JOIN name u ON u.id = m.user_name LEFT JOIN name h ON h.id = m.host
    GROUP BY page.job, j.value, page.last ORDER BY page.last DESC, page.job`,
    { ...usage.values, ...page, user: input.user ?? "", host: input.host ?? "" },
  );
  const { rows: shown, next } = cut(found, page);
  const list = shown.map((row) => ({
    job: row.job,
    users: items(row.users),
    hosts: items(row.hosts),
    userCount: Number(row.user_count),
    hostCount: Number(row.host_count),
    programs: Number(row.programs),
    processes: Number(row.processes),
    cpuSeconds: row.cpu / 1000,
    firstUse: isoTime(row.first),
    lastUse: isoTime(row.last),
  }));
  return { ...(await coverageOf(context, span)), jobs: list, next };
};

/** Completeness is that of the time from the job's first process to its last one. */
export const job: Question<"job"> = async (context, input) => {
  const { connection, naming } = context;
  const { id, limit = LISTED } = input;
  const { offset } = pageOf(input);
  const { processes, truncated } = await assemble(connection, {
    where: "WHERE p.job = $job",
    order: "p.started, p.sequence",
    values: { job: id, limit, offset },
  });
  const [known] = await rows<{ total: bigint; first: bigint | null; last: bigint | null }>(
    connection,
    "SELECT count(*) AS total, epoch_ns(min(started)) AS first, epoch_ns(max(started)) AS last FROM process WHERE job = $id",
    { id },
  );
  const events = await rows<{ kind: string; happened: bigint }>(
    connection,
    "SELECT kind, epoch_ns(happened) AS happened FROM job_event WHERE job = $id ORDER BY happened LIMIT 1000",
    { id },
  );
  const total = Number(known?.total ?? 0n);
  const shown = offset + processes.length;
  const span =
    known?.first == null || known.last === null ? parseSpan({}) : { since: known.first, until: known.last + 1n };
  return {
    ...(await coverageOf(context, span)),
    job: id,
    processes: processes.map((process) => nameProcess(process, naming)),
    total,
    truncated,
    events: events.map(({ kind, happened }) => ({ kind, happened: isoTime(happened) })),
    next: shown < total && processes.length > 0 ? `${shown}` : null,
  };
};
