import { SUSPICIOUS_VERDICTS } from "../../shared/verdicts.js";
import { items, rows, type StoredList } from "../database/rows.js";
import { isoTime, softwareOf } from "../frames/json.js";
import { coverageOf } from "./completeness.js";
import { cut, pageOf } from "./page.js";
import type { Question } from "./question.js";
import { mark, writeLaterUse } from "./selection.js";
import { parseSpan } from "./span.js";
import { usageIn } from "./usage.js";

interface ObjectRow {
  path: string;
  soname: string | null;
  verdict: string;
  reason: string | null;
  signatures: StoredList;
  build_id: string | null;
  disk_signatures: StoredList | null;
  disk_build_id: string | null;
  build_ids: StoredList | null;
  processes: bigint;
  jobs: bigint;
  user_count: bigint;
  first: bigint;
  last: bigint;
}

/** What is missing or unreadable is often only elsewhere, so it is told when it is asked for. */
export const oddObjects: Question<"oddObjects"> = async (context, input) => {
  const { connection, naming } = context;
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = await usageIn(context, span);
  const verdicts = input.verdict === undefined ? SUSPICIOUS_VERDICTS : [input.verdict];
  const withConflicts = input.verdict === undefined || input.verdict === "conflict";
  const values = Object.fromEntries(verdicts.map((verdict, index) => [`verdict${index}`, verdict]));
  const oddFindings = `signed AS (
      SELECT f.id, f.disk_build_id, regexp_extract(o.path, '[^/]*$') AS file_name, unnest(o.signatures) AS signature
      FROM finding f JOIN object o ON o.id = f.object WHERE f.verdict = 'verified' AND f.disk_build_id IS NOT NULL
    ),
    conflicts AS (
      SELECT signature, file_name, list(DISTINCT disk_build_id ORDER BY disk_build_id) AS build_ids FROM signed
      GROUP BY signature, file_name HAVING count(DISTINCT disk_build_id) > 1
    ),
    odd AS (
      SELECT id, verdict, NULL::VARCHAR[] AS build_ids FROM finding
      WHERE verdict IN (${verdicts.map((_, index) => `$verdict${index}`).join(", ")})
      UNION ALL SELECT s.id, 'conflict', any_value(c.build_ids) FROM signed s JOIN conflicts c USING (signature, file_name)
      WHERE ${withConflicts} GROUP BY s.id
    )`;
  await mark(context, `WITH ${oddFindings} SELECT DISTINCT id FROM odd`, values);
  await writeLaterUse(context, span);
  const found = await rows<ObjectRow>(
    connection,
    `WITH used AS (${usage.sql}), ${oddFindings},
    lists AS (SELECT DISTINCT l.list, l.finding FROM object_list l WHERE l.finding IN (SELECT id FROM hit)),
    sized AS (SELECT program, objects, sum(processes) AS n FROM used GROUP BY program, objects),
    counted AS (
      SELECT program AS id, sum(n) AS n FROM sized WHERE program IN (SELECT id FROM hit) GROUP BY program
      UNION ALL SELECT l.finding, sum(s.n) FROM sized s JOIN lists l ON l.list = s.objects GROUP BY l.finding
      UNION ALL SELECT finding, count(*) FROM later_use GROUP BY finding
    ),
    page AS (
      SELECT odd.id, odd.verdict, odd.build_ids, sum(c.n) AS n FROM odd JOIN counted c USING (id)
      GROUP BY ALL ORDER BY n DESC, odd.id, odd.verdict LIMIT $limit OFFSET $offset
    ),
    page_use AS (
      SELECT p.id, u.job, u.user_name, u.first_use, u.last_use FROM (SELECT DISTINCT id FROM page) p JOIN used u ON u.program = p.id
      UNION ALL
      SELECT l.finding, u.job, u.user_name, u.first_use, u.last_use FROM lists l JOIN used u ON u.objects = l.list
        WHERE l.finding IN (SELECT id FROM page)
      UNION ALL SELECT finding, job, user_name, started, started FROM later_use WHERE finding IN (SELECT id FROM page)
    ),
    uses AS (
      SELECT id, count(DISTINCT job) AS jobs, count(DISTINCT user_name) AS user_count, epoch_ns(min(first_use)) AS first, epoch_ns(max(last_use)) AS last
      FROM page_use GROUP BY id
    )
    SELECT o.path, o.soname, page.verdict, f.reason, o.signatures, o.build_id, f.disk_signatures, f.disk_build_id,
      page.build_ids, page.n::BIGINT AS processes, uses.jobs, uses.user_count, uses.first, uses.last
    FROM page JOIN uses USING (id) JOIN finding f ON f.id = page.id JOIN object o ON o.id = f.object
    ORDER BY page.n DESC, page.id, page.verdict`,
    { ...usage.values, ...page, ...values },
  );
  const { rows: shown, next } = cut(found, page);
  const objects = shown.map((row) => ({
    path: row.path,
    soname: row.soname,
    verdict: row.verdict,
    reason: row.reason,
    software: [...softwareOf(items(row.signatures), naming)],
    signatures: items(row.signatures),
    buildId: row.build_id,
    onDisk:
      row.disk_signatures === null ? null : { signatures: items(row.disk_signatures), buildId: row.disk_build_id },
    buildIds: items(row.build_ids),
    processes: Number(row.processes),
    jobs: Number(row.jobs),
    userCount: Number(row.user_count),
    firstUse: isoTime(row.first),
    lastUse: isoTime(row.last),
  }));
  return { ...(await coverageOf(context, span)), objects, next };
};
