import type { Answer } from "../../client/index.js";
import { likePattern, matchesAny } from "../../shared/glob.js";
import { distinctList, isNamed, SONAME_OR_FILE_NAME } from "../database/expressions.js";
import { jsonRows } from "../database/rows.js";
import { softwareOf } from "../frames/json.js";
import { isIgnored, rankedUsage } from "./ignored.js";
import { jobSetsIn, jobsBy } from "./job-sets.js";
import { notesOnNames, notesOnUnknown } from "./notes.js";
import { type Counted, pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import { parseSpan } from "./span.js";
import { MAX_LISTED_NAMES } from "./usage.js";

/** Usual directories that are listed for a library. */
const MAX_LISTED_DIRECTORIES = 10;
/** Shares of a soname's processes: a directory below the first is rare, one with at least the second is usual. */
const RARE_SHARE = 0.01;
const USUAL_SHARE = 0.1;

type Library = Answer<"oddLibraries">["libraries"][number];

/**
 * Finds libraries in odd directories. A directory is odd only where the same soname is loaded from other directories too. A
 * library came through LD_LIBRARY_PATH when its directory is in the variable, and through LD_PRELOAD when its path is;
 * both are split as by ld.so(8). Environment modules set LD_LIBRARY_PATH to the directories of their software, so that
 * reason applies only where most processes load the soname from elsewhere.
 *
 * The table expressions: `sized` are lists with their processes; `member` are libraries in lists; `places` and `sonames` count processes by directory; `usual` lists
 * the directories with most processes; `way` says which variable named an object; `odd` gives the reasons; `found` counts
 * the use, and `page_use` details it for the page.
 */
export const oddLibraries: Question<"oddLibraries"> = async (context, input) => {
  const { connection, naming, settings } = context;
  const span = parseSpan(input);
  const page = pageOf(input);
  const { usage, daily, ignored } = await rankedUsage(context, span);
  const jobSets = await jobSetsIn(context, span, { user: input.user });
  const rule = isIgnored("s.path", settings);
  const own = matchesAny("s.path", settings.userDirectories, "root");
  const byUser = input.user === undefined ? "true" : isNamed("user_name", "user");
  const bySoname = input.soname === undefined ? "true" : "s.soname LIKE $soname ESCAPE '\\'";
  const found = await jsonRows<Counted<Omit<Library, "software"> & { signatures: readonly string[] }>>(
    connection,
    `WITH used AS (${daily.sql}),
    sized AS MATERIALIZED (SELECT objects AS list, sum(processes) AS n FROM used GROUP BY objects),
    member AS (
      SELECT l.list, o.id AS object, ${SONAME_OR_FILE_NAME} AS soname, o.path,
        regexp_replace(o.path, '/[^/]*$', '') AS directory, o.signatures
      FROM object_list l JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object
      WHERE l.list IN (SELECT list FROM sized) AND starts_with(o.path, '/')
    ),
    places AS (SELECT soname, directory, sum(n) AS n FROM member JOIN sized USING (list) GROUP BY soname, directory),
    sonames AS (SELECT soname, sum(n) AS n, count(*) AS directories FROM places GROUP BY soname),
    usual AS (
      SELECT p.soname, list(p.directory ORDER BY p.n DESC, p.directory)[1:${MAX_LISTED_DIRECTORIES}] AS directories
      FROM places p JOIN sonames s USING (soname) WHERE p.n >= s.n * ${USUAL_SHARE} GROUP BY p.soname
    ),
    ways AS (
      SELECT objects AS list, list_transform(regexp_split_to_array(l.value, '[:;]'), x -> rtrim(x, '/')) AS directories, regexp_split_to_array(r.value, '[: ]+') AS preloaded
      FROM (SELECT DISTINCT objects, library_path, preload FROM (${usage.sql}) WHERE library_path IS NOT NULL OR preload IS NOT NULL) w
        LEFT JOIN name l ON l.id = w.library_path LEFT JOIN name r ON r.id = w.preload
    ),
    way AS (
      SELECT m.object, bool_or(list_contains(w.directories, m.directory)) AS by_path, bool_or(list_contains(w.preloaded, m.path)) AS by_preload
      FROM ways w JOIN member m USING (list) GROUP BY m.object
    ),
    seen AS (SELECT DISTINCT object, soname, path, directory, signatures FROM member),
    odd AS (
      SELECT s.object, s.soname, s.path, s.signatures, u.directories AS usual, list_filter([
        CASE WHEN ${own.sql} AND n.directories > 1 THEN 'user-directory' END,
        CASE WHEN p.n < n.n * ${RARE_SHARE} THEN 'rare-directory' END,
        CASE WHEN w.by_path AND n.directories > 1 AND NOT list_contains(u.directories[1:1], s.directory) THEN 'library-path' END,
        CASE WHEN w.by_preload THEN 'preload' END], x -> x IS NOT NULL) AS reasons
      FROM seen s JOIN sonames n USING (soname) JOIN places p ON p.soname = s.soname AND p.directory = s.directory
        LEFT JOIN usual u ON u.soname = s.soname LEFT JOIN way w ON w.object = s.object
      WHERE ${bySoname} AND NOT ${rule.sql}
    ),
    wanted AS (SELECT objects AS list, sum(processes) AS n FROM used WHERE ${byUser} GROUP BY objects),
    found AS (
      SELECT o.*, sum(z.n) AS n FROM odd o JOIN (SELECT DISTINCT list, object FROM member) m USING (object) JOIN wanted z USING (list)
      WHERE len(o.reasons) > 0 GROUP BY ALL
    ),
    page AS (
      SELECT *, count(*) OVER () AS total FROM found ORDER BY n DESC, soname, path, object LIMIT $limit OFFSET $offset
    ),
    page_list AS (SELECT DISTINCT m.object, m.list FROM member m WHERE m.object IN (SELECT object FROM page)),
    jobs AS (${jobsBy(jobSets, "object", "JOIN page_list pl ON pl.list = m.objects WHERE m.program NOT IN (FROM ignored_program)")}),
    page_use AS (
      SELECT pl.object, sum(u.processes)::BIGINT AS processes, coalesce(any_value(jobs.jobs), 0) AS jobs,
        ${distinctList("x.value", MAX_LISTED_NAMES)} AS users, count(DISTINCT u.user_name) AS userCount,
        min(u.first_use) AS firstUse, max(u.last_use) AS lastUse
      FROM page_list pl JOIN used u ON u.objects = pl.list LEFT JOIN name x ON x.id = u.user_name
        LEFT JOIN jobs ON jobs.object = pl.object WHERE ${byUser} GROUP BY pl.object
    )
    SELECT page.soname, page.path, coalesce(page.usual, []) AS usual, page.reasons, page.signatures,
      page_use.* EXCLUDE (object), page.total AS rowCount
    FROM page JOIN page_use USING (object) ORDER BY page.n DESC, page.soname, page.path, object`,
    {
      ...usage.values,
      ...jobSets.values,
      ...own.values,
      ...rule.values,
      ...page,
      user: input.user ?? "",
      soname: likePattern(input.soname ?? "*"),
    },
  );
  const named = found.map(({ signatures, ...row }) => ({ ...row, software: softwareOf(signatures, naming) }));
  const { rows: libraries, ...answer } = await paginate<Library>(named, page, async () => [
    `no library${input.soname === undefined ? "" : ` whose name is ${input.soname}`} that processes loaded at their start is odd`,
    ...(await notesOnNames(context, input)),
    ...(input.soname === undefined ? [] : await notesOnUnknown(context, { kind: "soname", value: input.soname })),
  ]);
  return { covers: span, ...answer, ignored, libraries };
};
