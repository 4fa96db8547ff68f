import type { Answer } from "../../client/index.js";
import { OgrtError } from "../../errors.js";
import { matchesAny } from "../../shared/glob.js";
import { distinctList, jobNameOf, SONAME_OR_FILE_NAME } from "../database/expressions.js";
import { jsonRow, type SqlFragment } from "../database/rows.js";
import { rankedUsage } from "./ignored.js";
import { notesOnEnvironments, notesOnNames } from "./notes.js";
import { pageOf, paginate } from "./pagination.js";
import type { Context, Question } from "./question.js";
import type { EnvironmentRule } from "./settings.js";
import { DAY_NS, parseSpan, startedIn } from "./span.js";
import { MAX_LISTED_NAMES } from "./usage.js";

type OddEnvironments = Answer<"oddEnvironments">;
type OddEnvironment = OddEnvironments["environments"][number];
type AppliedRule = OddEnvironments["rules"][number];

/** Without `since`, the answer covers this time: environments are not in the rollup, so each process is read. */
const DEFAULT_SPAN_NS = 7n * DAY_NS;

/** Variables that clients report in fields of their own, whether or not they report the environment. */
const OWN_COLUMNS: Readonly<Record<string, string>> = { LD_LIBRARY_PATH: "p.library_path", LD_PRELOAD: "p.preload" };

/** When an environment is odd; `value` is the value of the variable. */
const CONDITIONS: Record<EnvironmentRule["oddWhen"], string> = {
  missing: "value IS NULL",
  present: "value IS NOT NULL",
  matches: "value IS NOT NULL AND regexp_matches(value, $pattern)",
  differs: "value IS NOT NULL AND NOT regexp_matches(value, $pattern)",
};

export const oddEnvironments: Question<"oddEnvironments"> = async (context, input) => {
  const { connection, settings, now } = context;
  const asked = parseSpan(input);
  const span = { ...asked, since: asked.since ?? (asked.until ?? now) - DEFAULT_SPAN_NS };
  const page = pageOf(input);
  const rules = settings.environmentRules.filter(({ name }) => input.rule === undefined || name === input.rule);
  if (rules.length === 0) {
    const names = settings.environmentRules.map(({ name }) => name).join(", ");
    throw new OgrtError("INVALID_PARAMETER", `rule must be one of ${names}`, { value: "rule" });
  }
  const { ignored } = await rankedUsage(context, span);
  const started = startedIn(span);
  const wanted: SqlFragment = {
    sql: `${started.sql} AND p.program NOT IN (FROM ignored_program)
      ${input.user === undefined ? "" : "AND p.user_name = $user"}`,
    values: { ...started.values, user: input.user ?? "" },
  };
  const collected = await jsonRow<OddEnvironments["collected"]>(
    connection,
    `SELECT count(*) AS processes, count(*) FILTER (environment <> 0) AS environments FROM process p WHERE ${wanted.sql}`,
    wanted.values,
  );
  const applied: AppliedRule[] = [];
  const found: OddEnvironment[] = [];
  for (const rule of rules) {
    const { examined, reported, ...odd } = await apply(rule, context, wanted);
    applied.push({ rule: rule.name, variable: rule.variable, examined, reported });
    if (odd.processes > 0) found.push({ rule: rule.name, description: rule.description, ...odd });
  }
  found.sort((a, b) => b.processes - a.processes);
  const counted = found.map((row) => ({ ...row, rowCount: found.length }));
  const list = await paginate<OddEnvironment>(counted.slice(page.offset), page, async () => [
    `no environment that was reported breaks ${applied.length === 1 ? "this rule" : `one of ${applied.length} rules`}`,
    ...(await notesOnNames(context, input)),
  ]);
  const notes = [...list.notes, ...notesOnEnvironments(collected, applied)];
  const { rows: environments, ...answer } = list;
  return { covers: span, ...answer, notes, ignored, collected, rules: applied, environments };
};

/**
 * The processes that a rule examines, and those that it finds odd. It examines those whose client reported some of their
 * environment, or the variable in a field of its own: of the others, nobody knows what was set. Truncated environments are
 * left out.
 *
 * @param wanted - a condition on processes `p`.
 */
function apply(
  { variable, oddWhen, pattern, sonames: globs }: EnvironmentRule,
  { connection }: Context,
  wanted: SqlFragment,
): Promise<Omit<OddEnvironment, "rule" | "description"> & Pick<AppliedRule, "examined" | "reported">> {
  const sonames = matchesAny(SONAME_OR_FILE_NAME, globs ?? [], "soname");
  const loading = `p.objects IN (SELECT l.list FROM object_list l JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object
    WHERE ${sonames.sql})`;
  return jsonRow(
    connection,
    `WITH started AS (
      SELECT p.environment AS list, ${OWN_COLUMNS[variable] ?? "NULL::VARCHAR"} AS own, p.user_name, p.started,
        CASE WHEN p.job IS NOT NULL THEN {'cluster': p.cluster, 'name': ${jobNameOf("p")}} END AS job
      FROM process p
      WHERE ${wanted.sql} AND p.omitted_environment IS NULL ${globs === undefined ? "" : `AND ${loading}`}
    ),
    lists AS (SELECT DISTINCT list, own FROM started WHERE list <> 0 OR own IS NOT NULL),
    assigned AS (
      SELECT list, substr(arg_min(value, position), strlen($prefix) + 1) AS value FROM text_list
      WHERE starts_with(value, $prefix) AND list IN (SELECT list FROM lists) GROUP BY list
    ),
    valued AS (SELECT l.list, l.own, coalesce(l.own, a.value) AS value FROM lists l LEFT JOIN assigned a USING (list)),
    judged AS (SELECT *, ${CONDITIONS[oddWhen]} AS is_odd FROM valued),
    examined AS (
      SELECT j.value, j.is_odd, s.job, s.user_name, s.started
      FROM started s JOIN judged j ON j.list = s.list AND j.own IS NOT DISTINCT FROM s.own
    ),
    odd AS (FROM examined WHERE is_odd)
    SELECT (SELECT count(*) FROM examined) AS examined, (SELECT count(value) FROM examined) AS reported,
      any_value(value) AS example, count(*) AS processes, count(DISTINCT job) AS jobs,
      coalesce(${distinctList("user_name", MAX_LISTED_NAMES)}, []) AS users, count(DISTINCT user_name) AS userCount,
      min(started) AS firstUse, max(started) AS lastUse, arg_max(job, started).cluster AS lastCluster,
      arg_max(job, started).name AS lastJob
    FROM odd`,
    { ...wanted.values, ...sonames.values, prefix: `${variable}=`, pattern: pattern ?? "" },
  );
}
