import type { Answer } from "../../client/index.js";
import { likePattern } from "../../shared/glob.js";
import { jsonRow, jsonRows, type SqlFragment } from "../database/rows.js";
import { pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import { EVER, parseTime } from "./span.js";

/** Number of processes and last use of every object that was ever reported, at a start or later. */
const USE_OF_OBJECTS = `
  lists AS (
    SELECT objects AS list, sum(processes) AS n, max(last_use) AS last FROM usage GROUP BY objects
    UNION ALL SELECT objects, count(*), max(received) FROM process_end WHERE objects <> 0 GROUP BY objects
    UNION ALL SELECT s.objects, count(*), max(p.started) FROM process_part s JOIN process p USING (uuid) GROUP BY s.objects
  ),
  findings AS (
    SELECT program AS finding, sum(processes) AS n, max(last_use) AS last FROM usage GROUP BY program
    UNION ALL SELECT l.finding, sum(lists.n), max(lists.last) FROM lists JOIN object_list l USING (list) GROUP BY l.finding
  ),
  objects AS (
    SELECT o.id, o.path, o.build_id, o.signatures, sum(u.n) AS n, max(u.last) AS last
    FROM findings u JOIN finding f ON f.id = u.finding JOIN object o ON o.id = f.object GROUP BY ALL
  )`;

/**
 * The use of each catalogued file: of its build-id under any path, or without a build-id of its signatures. Paths decide
 * where the file or the reported object has neither.
 */
const USE_OF_FILES = `
  uses AS (
    SELECT c.rowid AS file, o.n, o.last FROM catalogue c JOIN objects o ON o.build_id = c.build_id
    UNION ALL SELECT c.file, o.n, o.last
      FROM (SELECT rowid AS file, unnest(signatures) AS signature FROM catalogue WHERE build_id IS NULL) c
      JOIN (SELECT unnest(signatures) AS signature, n, last FROM objects) o USING (signature)
    UNION ALL SELECT c.rowid, o.n, o.last FROM catalogue c JOIN objects o ON o.path = c.path
      AND (c.build_id IS NULL AND len(c.signatures) = 0 OR o.build_id IS NULL AND len(o.signatures) = 0)
  ),
  used AS (SELECT file, sum(n)::BIGINT AS processes, max(last) AS last FROM uses GROUP BY file)`;

/** The condition that a last use lies before a time, if one is asked for. */
function unusedSince(last: string, text: string | undefined): SqlFragment {
  const since = parseTime("since", text);
  return since === undefined
    ? { sql: "true", values: {} }
    : { sql: `${last} < make_timestamp_ns($since::BIGINT)`, values: { since } };
}

export const unusedBuilds: Question<"unusedBuilds"> = async ({ connection }, input) => {
  const page = pageOf(input);
  const unused = unusedSince("u.last", input.since);
  const found = await jsonRows<Answer<"unusedBuilds">["builds"][number]>(
    connection,
    `WITH ${USE_OF_OBJECTS}, ${USE_OF_FILES}
    SELECT c.path, c.software, c.soname, c.build_id AS buildId, c.signatures, u.last AS lastUse,
      coalesce(u.processes, 0) AS processes
    FROM catalogue c LEFT JOIN used u ON u.file = c.rowid
    WHERE (u.last IS NULL OR ${unused.sql}) AND c.path LIKE $path ESCAPE '\\'
    ORDER BY u.last NULLS FIRST, c.path LIMIT $limit OFFSET $offset`,
    { ...page, ...unused.values, path: likePattern(input.path ?? "*") },
  );
  const { files } = await jsonRow<{ files: number }>(connection, "SELECT count(*) AS files FROM catalogue");
  const { rows: builds, next } = paginate(found, page);
  return { covers: EVER, catalogued: files, builds, next };
};

export const unusedModules: Question<"unusedModules"> = async ({ connection }, input) => {
  const page = pageOf(input);
  const unused = unusedSince("max(per.last)", input.since);
  const found = await jsonRows<Answer<"unusedModules">["modules"][number]>(
    connection,
    `WITH per AS (
      SELECT modules AS list, user_name, sum(processes) AS n, max(last_use) AS last FROM usage WHERE modules <> 0
      GROUP BY modules, user_name
    )
    SELECT t.value AS module, max(per.last) AS lastUse, sum(per.n)::BIGINT AS processes, count(DISTINCT per.user_name) AS users
    FROM per JOIN text_list t USING (list) GROUP BY t.value HAVING ${unused.sql}
    ORDER BY lastUse, module LIMIT $limit OFFSET $offset`,
    { ...page, ...unused.values },
  );
  const { rows: modules, next } = paginate(found, page);
  return { covers: EVER, modules, next };
};
