import type { Answer } from "../../client/index.js";
import { matchesAny } from "../../shared/glob.js";
import { joinAmendments, LAST_PROGRAM } from "../database/amendments.js";
import type { Connection } from "../database/engine.js";
import { distinctList, isNamed } from "../database/expressions.js";
import { integerList, jsonRows } from "../database/rows.js";
import { softwareOf } from "../frames/json.js";
import { pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import { parseSpan } from "./span.js";
import { MAX_LISTED_NAMES, usageIn } from "./usage.js";

/** Limit the paths and libraries that are listed for a program. */
const MAX_LISTED_PATHS = 10;
const MAX_LISTED_LIBRARIES = 200;

type Program = Omit<Answer<"userPrograms">["programs"][number], "software" | "libraries"> & {
  readonly findings: readonly number[];
};

export const userPrograms: Question<"userPrograms"> = async (context, input) => {
  const { connection, naming, settings } = context;
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = await usageIn(context, span);
  const own = matchesAny("o.path", settings.userDirectories, "root");
  const byUser = input.user === undefined ? "true" : isNamed("u.user_name", "user");
  const found = await jsonRows<Program>(
    connection,
    `WITH own AS (
      SELECT f.id AS program, o.path, o.build_id, o.signatures, f.disk_compilers FROM finding f JOIN object o ON o.id = f.object
      WHERE ${own.sql} AND o.path NOT IN (SELECT path FROM catalogue)
        AND (o.build_id IS NULL OR o.build_id NOT IN (SELECT build_id FROM catalogue WHERE build_id IS NOT NULL))
    ),
    used AS (FROM (${usage.sql}) u WHERE u.program IN (SELECT program FROM own) AND ${byUser}),
    page AS (
      SELECT coalesce(build_id, path) AS build, sum(u.processes) AS runs FROM used u JOIN own USING (program)
      GROUP BY build ORDER BY runs DESC, build LIMIT $limit OFFSET $offset
    )
    SELECT list(DISTINCT own.program) AS findings, any_value(own.build_id) AS buildId,
      ${distinctList("own.path", MAX_LISTED_PATHS)} AS paths, count(DISTINCT own.path) AS pathCount,
      any_value(own.signatures) AS signatures, ${distinctList("n.value", MAX_LISTED_NAMES)} AS users,
      count(DISTINCT u.user_name) AS userCount, sum(u.processes)::BIGINT AS runs, count(DISTINCT u.job) AS jobs,
      sum(u.cpu) / 1000 AS cpuSeconds, min(u.first_use) AS firstUse, max(u.last_use) AS lastUse,
      any_value(own.disk_compilers) AS compilers
    FROM page JOIN own ON coalesce(own.build_id, own.path) = page.build JOIN used u USING (program)
      LEFT JOIN name n ON n.id = u.user_name
    GROUP BY page.build, page.runs ORDER BY page.runs DESC, page.build`,
    { ...usage.values, ...own.values, ...page, user: input.user ?? "" },
  );
  const libraries = await librariesOf(
    connection,
    found.flatMap(({ findings }) => findings),
  );
  const named = found.map(({ findings, ...row }) => ({
    ...row,
    software: softwareOf(row.signatures, naming),
    libraries: [...new Set(findings.flatMap((id) => libraries.get(id) ?? []))].slice(0, MAX_LISTED_LIBRARIES),
  }));
  const { rows: programs, next } = paginate(named, page);
  return { covers: span, roots: settings.userDirectories, programs, next };
};

/** The libraries that programs load, at their start or later: sonames, or paths without one. The key is the program's finding. */
async function librariesOf(
  connection: Connection,
  programs: readonly number[],
): Promise<Map<number, readonly string[]>> {
  if (programs.length === 0) return new Map();
  const found = await jsonRows<{ program: number; libraries: readonly string[] }>(
    connection,
    `WITH started AS (
      SELECT p.uuid, ${LAST_PROGRAM} AS program FROM process p ${joinAmendments("true")}
      WHERE ${LAST_PROGRAM} IN (SELECT unnest($programs))
    ),
    lists AS (
      SELECT program, objects FROM usage WHERE program IN (SELECT unnest($programs))
      UNION SELECT p.program, s.objects FROM process_part s JOIN started p USING (uuid)
      UNION SELECT p.program, e.objects FROM (FROM process_end WHERE objects <> 0) e JOIN started p USING (uuid)
    )
    SELECT program, ${distinctList("coalesce(o.soname, o.path)", MAX_LISTED_LIBRARIES)} AS libraries
    FROM lists JOIN object_list l ON l.list = lists.objects JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object
    GROUP BY program`,
    { programs: await integerList(programs) },
  );
  return new Map(found.map(({ program, libraries }) => [program, libraries]));
}
