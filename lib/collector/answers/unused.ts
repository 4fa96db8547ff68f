import { likePattern } from "../../shared/glob.js";
import { items, rows, type StoredList } from "../database/rows.js";
import { isoTime } from "../frames/json.js";
import { coverageOf } from "./completeness.js";
import { cut, pageOf } from "./page.js";
import type { Question } from "./question.js";
import { parseSpan, parseTime } from "./span.js";

/** Number of processes and last use of every object that was ever reported, also of what was loaded later. */
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

/** A file is used where its build was: under whatever path, or, of a build without an id, by its signature or its path. */
export const unusedBuilds: Question<"unusedBuilds"> = async (context, input) => {
  const { connection } = context;
  const page = pageOf(input);
  const since = parseTime("since", input.since);
  const found = await rows<{
    path: string;
    software: string;
    soname: string | null;
    build_id: string | null;
    signatures: StoredList;
    last: bigint | null;
    processes: bigint | null;
  }>(
    connection,
    `WITH ${USE_OF_OBJECTS},
    uses AS (
      SELECT c.rowid AS file, o.n, o.last FROM catalogue c JOIN objects o ON o.build_id = c.build_id
      UNION ALL SELECT c.file, o.n, o.last
        FROM (SELECT rowid AS file, unnest(signatures) AS signature FROM catalogue WHERE build_id IS NULL) c
        JOIN (SELECT unnest(signatures) AS signature, n, last FROM objects) o USING (signature)
      UNION ALL SELECT c.rowid, o.n, o.last FROM catalogue c JOIN objects o ON o.path = c.path
        AND (c.build_id IS NULL AND len(c.signatures) = 0 OR o.build_id IS NULL AND len(o.signatures) = 0)
    ),
    used AS (SELECT file, sum(n)::BIGINT AS processes, max(last) AS last FROM uses GROUP BY file)
    SELECT c.path, c.software, c.soname, c.build_id, c.signatures, epoch_ns(u.last) AS last, u.processes
    FROM catalogue c LEFT JOIN used u ON u.file = c.rowid
    WHERE ($hasSince = 0 OR u.last IS NULL OR u.last < make_timestamp_ns($since::BIGINT))
      AND c.path LIKE $path ESCAPE '\\'
    ORDER BY u.last NULLS FIRST, c.path LIMIT $limit OFFSET $offset`,
    { ...page, hasSince: since === undefined ? 0 : 1, since: since ?? 0n, path: likePattern(input.path ?? "*") },
  );
  const [all] = await rows<{ files: bigint }>(connection, "SELECT count(*) AS files FROM catalogue", {});
  const { rows: shown, next } = cut(found, page);
  return {
    ...(await coverageOf(context, parseSpan({}))),
    catalogued: Number(all?.files ?? 0n),
    builds: shown.map((row) => ({
      path: row.path,
      software: row.software,
      soname: row.soname,
      buildId: row.build_id,
      signatures: items(row.signatures),
      lastUse: row.last === null ? null : isoTime(row.last),
      processes: Number(row.processes ?? 0n),
    })),
    next,
  };
};

export const unusedModules: Question<"unusedModules"> = async (context, input) => {
  const page = pageOf(input);
  const since = parseTime("since", input.since);
  const found = await rows<{ module: string; last: bigint; processes: bigint; users: bigint }>(
    context.connection,
    `WITH per AS (
      SELECT modules AS list, user_name, sum(processes) AS n, max(last_use) AS last FROM usage WHERE modules <> 0
      GROUP BY modules, user_name
    )
    SELECT t.value AS module, epoch_ns(max(per.last)) AS last, sum(per.n)::BIGINT AS processes, count(DISTINCT per.user_name) AS users
    FROM per JOIN text_list t USING (list) GROUP BY t.value
    HAVING ($hasSince = 0 OR max(per.last) < make_timestamp_ns($since::BIGINT))
    ORDER BY last, module LIMIT $limit OFFSET $offset`,
    { ...page, hasSince: since === undefined ? 0 : 1, since: since ?? 0n },
  );
  const { rows: shown, next } = cut(found, page);
  const modules = shown.map(({ module, last, processes, users }) => ({
    module,
    lastUse: isoTime(last),
    processes: Number(processes),
    users: Number(users),
  }));
  return { ...(await coverageOf(context, parseSpan({}))), modules, next };
};
