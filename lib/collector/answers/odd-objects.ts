import { SUSPICIOUS_VERDICTS } from "../../shared/verdicts.js";
import { fileName } from "../database/expressions.js";
import { items, rows, type SqlFragment, type StoredList } from "../database/rows.js";
import { onDiskOf } from "../database/shapes.js";
import { softwareOf } from "../frames/json.js";
import { writeLaterUse, writeMatches } from "./matches.js";
import { pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import { parseSpan } from "./span.js";
import { timesOf, usageIn } from "./usage.js";

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

/** Verified files with one signature and one file name, but several builds. */
const CONFLICTS = `
  signed AS (
    SELECT f.id, f.disk_build_id, ${fileName("o.path")} AS file_name, unnest(o.signatures) AS signature
    FROM finding f JOIN object o ON o.id = f.object WHERE f.verdict = 'verified' AND f.disk_build_id IS NOT NULL
  ),
  conflicts AS (
    SELECT signature, file_name, list(DISTINCT disk_build_id ORDER BY disk_build_id) AS build_ids FROM signed
    GROUP BY signature, file_name HAVING count(DISTINCT disk_build_id) > 1
  )`;

/** The table expression `odd`: a row for each finding with an odd verdict, and one for each in a conflict. */
function oddFindings(verdict: string | undefined): SqlFragment {
  const verdicts = verdict === undefined ? SUSPICIOUS_VERDICTS : [verdict];
  const values = Object.fromEntries(verdicts.map((name, index) => [`verdict${index}`, name]));
  const sql = `${CONFLICTS},
    odd AS (
      SELECT id, verdict, NULL::VARCHAR[] AS build_ids FROM finding
      WHERE verdict IN (${Object.keys(values)
        .map((name) => `$${name}`)
        .join(", ")})
      UNION ALL SELECT s.id, 'conflict', any_value(c.build_ids) FROM signed s JOIN conflicts c USING (signature, file_name)
      WHERE ${verdict === undefined || verdict === "conflict"} GROUP BY s.id
    )`;
  return { sql, values };
}

export const oddObjects: Question<"oddObjects"> = async (context, input) => {
  const { connection, naming } = context;
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = await usageIn(context, span);
  const odd = oddFindings(input.verdict);
  await writeMatches(context, { sql: `WITH ${odd.sql} SELECT DISTINCT id FROM odd`, values: odd.values });
  await writeLaterUse(context, span);
  // Processes are counted for all odd findings, but jobs and users for those on the page only.
  const found = await rows<ObjectRow>(
    connection,
    `WITH used AS (${usage.sql}), ${odd.sql},
    lists AS (SELECT DISTINCT l.list, l.finding FROM object_list l WHERE l.finding IN (SELECT id FROM matched_finding)),
    sized AS (SELECT program, objects, sum(processes) AS n FROM used GROUP BY program, objects),
    counted AS (
      SELECT program AS id, sum(n) AS n FROM sized WHERE program IN (SELECT id FROM matched_finding) GROUP BY program
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
    { ...usage.values, ...page, ...odd.values },
  );
  const { rows: objects, next } = paginate(found, page, (row) => ({
    path: row.path,
    soname: row.soname,
    verdict: row.verdict,
    reason: row.reason,
    software: [...softwareOf(items(row.signatures), naming)],
    signatures: items(row.signatures),
    buildId: row.build_id,
    onDisk: onDiskOf(row),
    buildIds: items(row.build_ids),
    processes: Number(row.processes),
    jobs: Number(row.jobs),
    userCount: Number(row.user_count),
    ...timesOf(row),
  }));
  return { covers: span, objects, next };
};
