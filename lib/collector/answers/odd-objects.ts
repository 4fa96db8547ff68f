import type { Answer } from "../../client/index.js";
import { SUSPICIOUS_VERDICTS } from "../../shared/verdicts.js";
import { fileName } from "../database/expressions.js";
import { jsonRows, type SqlFragment } from "../database/rows.js";
import { softwareOf } from "../frames/json.js";
import { isIgnored, rankedUsage } from "./ignored.js";
import { jobSetsIn } from "./job-sets.js";
import { writeLaterUse, writeMatches } from "./matches.js";
import { type Counted, pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import type { AnswerSettings } from "./settings.js";
import { parseSpan } from "./span.js";

type OddObject = Omit<Answer<"oddObjects">["objects"][number], "software" | "onDisk"> & {
  readonly diskSignatures: readonly string[] | null;
  readonly diskBuildId: string | null;
};

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

/**
 * The table expression `odd`: a row for each finding with an odd verdict, and one for each in a conflict. Ignored objects have
 * none.
 */
function oddFindings(verdict: string | undefined, settings: AnswerSettings): SqlFragment {
  const rule = isIgnored("o.path", settings);
  const verdicts = verdict === undefined ? SUSPICIOUS_VERDICTS : [verdict];
  const values = Object.fromEntries(verdicts.map((name, index) => [`verdict${index}`, name]));
  const sql = `${CONFLICTS},
    suspicious AS (
      SELECT id, verdict, NULL::VARCHAR[] AS build_ids FROM finding
      WHERE verdict IN (${Object.keys(values)
        .map((name) => `$${name}`)
        .join(", ")})
      UNION ALL SELECT s.id, 'conflict', any_value(c.build_ids) FROM signed s JOIN conflicts c USING (signature, file_name)
      WHERE ${verdict === undefined || verdict === "conflict"} GROUP BY s.id
    ),
    odd AS (
      FROM suspicious WHERE id NOT IN (SELECT f.id FROM finding f JOIN object o ON o.id = f.object WHERE ${rule.sql})
    )`;
  return { sql, values: { ...values, ...rule.values } };
}

export const oddObjects: Question<"oddObjects"> = async (context, input) => {
  const { connection, naming, settings } = context;
  const span = parseSpan(input);
  const page = pageOf(input);
  const { daily, ignored } = await rankedUsage(context, span);
  const { jobs, members, values } = await jobSetsIn(context, span, {});
  const findings = oddFindings(input.verdict, settings);
  await writeMatches(context, { sql: `WITH ${findings.sql} SELECT DISTINCT id FROM odd`, values: findings.values });
  await writeLaterUse(context, span);
  // Processes are counted for all odd findings, but jobs and users for those on the page only.
  const found = await jsonRows<Counted<OddObject>>(
    connection,
    `WITH used AS (${daily.sql}), ${findings.sql},
    lists AS (SELECT DISTINCT l.list, l.finding FROM object_list l WHERE l.finding IN (SELECT id FROM matched_finding)),
    sized AS (SELECT program, objects, sum(processes) AS n FROM used GROUP BY program, objects),
    counted AS (
      SELECT program AS id, sum(n) AS n FROM sized WHERE program IN (SELECT id FROM matched_finding) GROUP BY program
      UNION ALL SELECT l.finding, sum(s.n) FROM sized s JOIN lists l ON l.list = s.objects GROUP BY l.finding
      UNION ALL SELECT finding, count(*) FROM later_use GROUP BY finding
    ),
    page AS (
      SELECT odd.id, odd.verdict, odd.build_ids, sum(c.n) AS n, count(*) OVER () AS total FROM odd JOIN counted c USING (id)
      GROUP BY odd.id, odd.verdict, odd.build_ids ORDER BY n DESC, odd.id, odd.verdict LIMIT $limit OFFSET $offset
    ),
    page_list AS (SELECT list, finding AS id FROM lists WHERE finding IN (SELECT id FROM page)),
    page_use AS (
      SELECT program AS id, user_name, first_use, last_use FROM used WHERE program IN (SELECT id FROM page)
      UNION ALL SELECT l.id, u.user_name, u.first_use, u.last_use FROM page_list l JOIN used u ON u.objects = l.list
      UNION ALL SELECT finding, user_name, started, started FROM later_use WHERE finding IN (SELECT id FROM page)
    ),
    uses AS (
      SELECT id, count(DISTINCT user_name) AS userCount, min(first_use) AS firstUse, max(last_use) AS lastUse
      FROM page_use GROUP BY id
    ),
    member AS (FROM (${members}) WHERE program NOT IN (FROM ignored_program)),
    page_set AS (
      SELECT m.set_id, l.id FROM member m JOIN page_list l ON l.list = m.objects
      UNION SELECT set_id, program FROM member WHERE program IN (SELECT id FROM page)
    ),
    job AS MATERIALIZED (SELECT job, set_id FROM (${jobs})),
    later_job AS (SELECT DISTINCT finding AS id, job FROM later_use WHERE finding IN (SELECT id FROM page)),
    page_jobs AS (
      SELECT p.id, sum(s.jobs) AS jobs FROM page_set p JOIN (SELECT set_id, count(*) AS jobs FROM job GROUP BY set_id) s USING (set_id) GROUP BY p.id
      UNION ALL
      SELECT l.id, count(*) FROM later_job l JOIN job USING (job) ANTI JOIN page_set p ON p.id = l.id AND p.set_id = job.set_id GROUP BY l.id
    ),
    counts AS (SELECT id, sum(jobs)::BIGINT AS jobs FROM page_jobs GROUP BY id)
    SELECT o.path, o.soname, page.verdict, f.reason, o.signatures, o.build_id AS buildId, f.disk_signatures AS diskSignatures,
      f.disk_build_id AS diskBuildId, coalesce(page.build_ids, []) AS buildIds, page.n::BIGINT AS processes, coalesce(counts.jobs, 0) AS jobs,
      uses.* EXCLUDE (id), page.total AS rowCount
    FROM page JOIN uses USING (id) LEFT JOIN counts USING (id) JOIN finding f ON f.id = page.id JOIN object o ON o.id = f.object
    ORDER BY page.n DESC, page.id, page.verdict`,
    { ...daily.values, ...values, ...page, ...findings.values },
  );
  const odd = found.map(({ diskSignatures, diskBuildId, ...row }) => ({
    ...row,
    software: softwareOf(row.signatures, naming),
    onDisk: diskSignatures === null ? null : { signatures: diskSignatures, buildId: diskBuildId },
  }));
  const { rows: objects, ...answer } = await paginate(odd, page, () => [
    input.verdict === undefined ? "no object has a suspicious verdict" : `no object has the verdict ${input.verdict}`,
  ]);
  return { covers: span, ...answer, ignored, objects };
};
