import type { Answer } from "../../client/index.js";
import { likePattern } from "../../shared/glob.js";
import { plural } from "../../shared/plural.js";
import { jsonRow, jsonRows, type SqlFragment } from "../database/rows.js";
import { secondsOf } from "./notes.js";
import { type Counted, pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import { DAY_NS, EVER, parseTime } from "./span.js";

/** Paths that are listed for a package. */
const MAX_LISTED_PATHS = 10;

/**
 * Number of processes and last use of every object that was ever reported, at a start or later. `open` counts the processes
 * without an end. A process that ended since `$cutoff` used its objects until then.
 */
const USE_OF_OBJECTS = `
  started AS MATERIALIZED (
    SELECT program, objects, sum(processes) AS n, sum(processes - ended) AS open,
      greatest(max(last_use), max(last_end) FILTER (last_end >= make_timestamp_ns($cutoff::BIGINT))) AS last
    FROM daily_usage GROUP BY program, objects
  ),
  lists AS (
    SELECT objects AS list, sum(n) AS n, sum(open) AS open, max(last) AS last FROM started GROUP BY objects
    UNION ALL SELECT objects, count(*), 0, max(received) FROM process_end WHERE objects <> 0 GROUP BY objects
    UNION ALL SELECT s.objects, count(*), 0, max(p.started) FROM process_part s JOIN process p USING (uuid) GROUP BY s.objects
  ),
  findings AS (
    SELECT program AS finding, sum(n) AS n, sum(open) AS open, max(last) AS last FROM started GROUP BY program
    UNION ALL SELECT l.finding, sum(lists.n), sum(lists.open), max(lists.last)
      FROM lists JOIN object_list l USING (list) GROUP BY l.finding
  ),
  objects AS (
    SELECT o.id, o.path, o.build_id, o.signatures, sum(u.n) AS n, sum(u.open) AS open, max(u.last) AS last
    FROM findings u JOIN finding f ON f.id = u.finding JOIN object o ON o.id = f.object GROUP BY ALL
  )`;

/**
 * The use of each catalogued file: of its build-id under any path, or without a build-id of its signatures. Paths decide
 * where the file or the reported object has neither.
 */
const USE_OF_FILES = `
  uses AS (
    SELECT c.rowid AS file, o.n, o.open, o.last FROM names.catalogue c JOIN objects o ON o.build_id = c.build_id
    UNION ALL SELECT c.file, o.n, o.open, o.last
      FROM (SELECT rowid AS file, unnest(signatures) AS signature FROM names.catalogue WHERE build_id IS NULL) c
      JOIN (SELECT unnest(signatures) AS signature, n, open, last FROM objects) o USING (signature)
    UNION ALL SELECT c.rowid, o.n, o.open, o.last FROM names.catalogue c JOIN objects o ON o.path = c.path
      AND (c.build_id IS NULL AND len(c.signatures) = 0 OR o.build_id IS NULL AND len(o.signatures) = 0)
  ),
  used AS (
    SELECT file, sum(n)::BIGINT AS processes, sum(open)::BIGINT AS open, max(last) AS last FROM uses GROUP BY file
  )`;

/** Identifies a row: a package, or a file `c` without one. */
const KEY = "CASE WHEN c.is_package THEN c.software ELSE c.path END";

const NO_CATALOGUE =
  "there is no catalogue, so nothing can be called unused: give the collector one with --catalogue FILE; " +
  "without a running collector there is none";

/** Packages of which no file was used lately; a file without a package is one of its own. */
export const unusedBuilds: Question<"unusedBuilds"> = async ({ connection, now }, input) => {
  const page = pageOf(input);
  const since = parseTime("since", input.since);
  const yesterday = now - DAY_NS;
  const cutoff = since === undefined || since > yesterday ? yesterday : since;
  const path = likePattern(input.path ?? "*");
  const found = await jsonRows<Counted<Answer<"unusedBuilds">["builds"][number]>>(
    connection,
    `WITH ${USE_OF_OBJECTS}, ${USE_OF_FILES}
    SELECT any_value(CASE WHEN c.is_package THEN c.software END) AS package,
      list(c.path ORDER BY c.path)[1:${MAX_LISTED_PATHS}] AS paths, count(*) AS files,
      coalesce(sum(c.size), 0)::BIGINT AS size, max(u.last) AS lastUse,
      coalesce(max(u.processes), 0) AS processes, coalesce(max(u.open), 0) AS withoutEnd, count(*) OVER () AS rowCount
    FROM names.catalogue c LEFT JOIN used u ON u.file = c.rowid
    GROUP BY ${KEY}
    HAVING coalesce(max(u.last) < make_timestamp_ns($cutoff::BIGINT), true) AND bool_or(c.path LIKE $path ESCAPE '\\')
    ORDER BY lastUse NULLS FIRST, size DESC, ${KEY} LIMIT $limit OFFSET $offset`,
    { ...page, cutoff, path },
  );
  const { files, matching } = await jsonRow<Record<"files" | "matching", number>>(
    connection,
    "SELECT count(*) AS files, count(*) FILTER (path LIKE $path ESCAPE '\\') AS matching FROM names.catalogue",
    { path },
  );
  const { rows: builds, ...answer } = await paginate(found, page, () => {
    if (files === 0) return [NO_CATALOGUE];
    if (matching === 0) return [`no catalogue lists a file whose path is ${input.path}`];
    return [`each package of ${matching} catalogued ${plural(matching, "file")} was used since ${secondsOf(cutoff)}`];
  });
  return { covers: EVER, ...answer, catalogued: files, builds };
};

/** The condition that a last use lies before a time, if one is asked for. */
function unusedSince(last: string, text: string | undefined): SqlFragment {
  const since = parseTime("since", text);
  return since === undefined
    ? { sql: "true", values: {} }
    : { sql: `${last} < make_timestamp_ns($since::BIGINT)`, values: { since } };
}

export const unusedModules: Question<"unusedModules"> = async ({ connection }, input) => {
  const page = pageOf(input);
  const unused = unusedSince("max(per.last)", input.since);
  const found = await jsonRows<Counted<Answer<"unusedModules">["modules"][number]>>(
    connection,
    `WITH per AS (
      SELECT modules AS list, user_name, sum(processes) AS n, max(last_use) AS last FROM daily_usage WHERE modules <> 0
      GROUP BY modules, user_name
    )
    SELECT t.value AS module, max(per.last) AS lastUse, sum(per.n)::BIGINT AS processes, count(DISTINCT per.user_name) AS users,
      count(*) OVER () AS rowCount
    FROM per JOIN text_list t USING (list) GROUP BY t.value HAVING ${unused.sql}
    ORDER BY lastUse, module LIMIT $limit OFFSET $offset`,
    { ...page, ...unused.values },
  );
  const { rows: modules, ...answer } = await paginate(found, page, async () => {
    const { known } = await jsonRow<{ known: boolean }>(
      connection,
      "SELECT count(*) > 0 AS known FROM usage WHERE modules <> 0",
    );
    return [known ? "each module that a process reported was loaded since then" : "no process reported a module"];
  });
  return { covers: EVER, ...answer, modules };
};
