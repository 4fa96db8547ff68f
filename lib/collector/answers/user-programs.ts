import type { Answer } from "../../client/index.js";
import { matchesAny } from "../../shared/glob.js";
import type { Connection } from "../database/engine.js";
import { cpuOf, distinctList, isNamed } from "../database/expressions.js";
import { integerList, jsonRows } from "../database/rows.js";
import { softwareOf } from "../frames/json.js";
import { rankedUsage } from "./ignored.js";
import { jobSetsIn, jobsBy } from "./job-sets.js";
import { notesOnNames } from "./notes.js";
import { type Counted, pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import { parseSpan } from "./span.js";
import { MAX_LISTED_NAMES } from "./usage.js";

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
  const { daily, ignored } = await rankedUsage(context, span);
  const jobSets = await jobSetsIn(context, span, { user: input.user });
  const own = matchesAny("o.path", settings.userDirectories, "root");
  const byUser = input.user === undefined ? "true" : isNamed("u.user_name", "user");
  const found = await jsonRows<Counted<Program>>(
    connection,
    `WITH own AS (
      SELECT f.id AS program, o.path, o.build_id, o.signatures, f.disk_compilers FROM finding f JOIN object o ON o.id = f.object
      WHERE ${own.sql} AND o.path NOT IN (SELECT path FROM names.catalogue)
        AND (o.build_id IS NULL OR o.build_id NOT IN (SELECT build_id FROM names.catalogue WHERE build_id IS NOT NULL))
    ),
    used AS (FROM (${daily.sql}) u WHERE u.program IN (SELECT program FROM own) AND ${byUser}),
    page AS (
      SELECT coalesce(build_id, path) AS build, sum(u.processes) AS runs, count(*) OVER () AS total
      FROM used u JOIN own USING (program)
      GROUP BY build ORDER BY runs DESC, build LIMIT $limit OFFSET $offset
    ),
    built AS (SELECT own.program, page.build FROM own JOIN page ON page.build = coalesce(own.build_id, own.path)),
    jobs AS (${jobsBy(jobSets, "build", "JOIN built USING (program)")})
    SELECT list(DISTINCT own.program) AS findings, any_value(own.build_id) AS buildId,
      ${distinctList("own.path", MAX_LISTED_PATHS)} AS paths, count(DISTINCT own.path) AS pathCount,
      any_value(own.signatures) AS signatures, ${distinctList("n.value", MAX_LISTED_NAMES)} AS users,
      count(DISTINCT u.user_name) AS userCount, sum(u.processes)::BIGINT AS runs, coalesce(any_value(jobs.jobs), 0) AS jobs,
      ${cpuOf("u")}, min(u.first_use) AS firstUse, max(u.last_use) AS lastUse,
      any_value(own.disk_compilers) AS compilers, any_value(page.total) AS rowCount
    FROM page JOIN own ON coalesce(own.build_id, own.path) = page.build JOIN used u USING (program)
      LEFT JOIN name n ON n.id = u.user_name LEFT JOIN jobs ON jobs.build = page.build
    GROUP BY page.build, page.runs ORDER BY page.runs DESC, page.build`,
    { ...daily.values, ...jobSets.values, ...own.values, ...page, user: input.user ?? "" },
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
  const { rows: programs, ...answer } = await paginate(named, page, async () => [
    `no process ran a program in ${settings.userDirectories.join(", ")} that no catalogue lists`,
    ...(await notesOnNames(context, input)),
  ]);
  return { covers: span, ...answer, ignored, roots: settings.userDirectories, programs };
};

/** The libraries that programs load, at their start or later: sonames, or paths without one. The key is the program's finding. */
async function librariesOf(
  connection: Connection,
  programs: readonly number[],
): Promise<Map<number, readonly string[]>> {
  if (programs.length === 0) return new Map();
  const found = await jsonRows<{ program: number; libraries: readonly string[] }>(
    connection,
    `WITH lists AS (
      SELECT program, objects FROM daily_usage WHERE program IN (SELECT unnest($programs))
      UNION SELECT f.id, l.list FROM finding f JOIN later_list l USING (object) WHERE f.id IN (SELECT unnest($programs))
    )
    SELECT program, ${distinctList("coalesce(o.soname, o.path)", MAX_LISTED_LIBRARIES)} AS libraries
    FROM lists JOIN object_list l ON l.list = lists.objects JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object
    GROUP BY program`,
    { programs: await integerList(programs) },
  );
  return new Map(found.map(({ program, libraries }) => [program, libraries]));
}
