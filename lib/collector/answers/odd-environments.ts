import type { Answer } from "../../client/index.js";
import { OgrtError } from "../../errors.js";
import { matchesAny } from "../../shared/glob.js";
import { distinctList, SONAME_OR_FILE_NAME } from "../database/expressions.js";
import { jsonRow } from "../database/rows.js";
import { pageOf, paginate } from "./pagination.js";
import type { Context, Question } from "./question.js";
import type { EnvironmentRule } from "./settings.js";
import { DAY_NS, parseSpan, type Span, startedIn } from "./span.js";
import { MAX_LISTED_NAMES } from "./usage.js";

type OddEnvironment = Answer<"oddEnvironments">["environments"][number];

/** Without `since`, the answer covers this time: environments are not in the rollup, so each process is read. */
const DEFAULT_SPAN_NS = 7n * DAY_NS;

export const oddEnvironments: Question<"oddEnvironments"> = async (context, input) => {
  const { settings, now } = context;
  const asked = parseSpan(input);
  const span = { ...asked, since: asked.since ?? (asked.until ?? now) - DEFAULT_SPAN_NS };
  const page = pageOf(input);
  const rules = settings.environmentRules.filter(({ name }) => input.rule === undefined || name === input.rule);
  if (rules.length === 0) {
    const names = settings.environmentRules.map(({ name }) => name).join(", ");
    throw new OgrtError("INVALID_PARAMETER", `rule must be one of ${names}`, { value: "rule" });
  }
  const found: OddEnvironment[] = [];
  for (const rule of rules) {
    const odd = await oddBy(rule, context, span, input.user);
    if (odd !== undefined) found.push(odd);
  }
  found.sort((a, b) => b.processes - a.processes);
  const { rows: environments, next } = paginate(found.slice(page.offset), page);
  return { covers: span, environments, next };
};

/** When an environment is odd; `a` holds the variable's value in each list of variables. */
const CONDITIONS: Record<EnvironmentRule["oddWhen"], string> = {
  missing: "a.value IS NULL",
  present: "a.value IS NOT NULL",
  matches: "a.value IS NOT NULL AND regexp_matches(a.value, $pattern)",
  differs: "a.value IS NOT NULL AND NOT regexp_matches(a.value, $pattern)",
};

/** The processes whose environment a rule calls odd; undefined when there are none. Truncated environments are left out. */
async function oddBy(
  rule: EnvironmentRule,
  { connection }: Context,
  span: Span,
  user: string | undefined,
): Promise<OddEnvironment | undefined> {
  const started = startedIn(span);
  const sonames = matchesAny(SONAME_OR_FILE_NAME, rule.sonames ?? [], "soname");
  const loading = `p.objects IN (SELECT l.list FROM object_list l JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object
    WHERE ${sonames.sql})`;
  const found = await jsonRow<Omit<OddEnvironment, "rule" | "description">>(
    connection,
    `WITH started AS (
      SELECT p.environment, p.job, p.user_name, p.started FROM process p
      WHERE ${started.sql} AND p.omitted_environment IS NULL ${rule.sonames === undefined ? "" : `AND ${loading}`}
        ${user === undefined ? "" : "AND p.user_name = $user"}
    ),
    lists AS (SELECT DISTINCT environment AS list FROM started),
    assigned AS (
      SELECT list, substr(value, strlen($prefix) + 1) AS value FROM text_list
      WHERE starts_with(value, $prefix) AND list IN (SELECT list FROM lists)
    ),
    odd AS (SELECT lists.list, a.value FROM lists LEFT JOIN assigned a USING (list) WHERE ${CONDITIONS[rule.oddWhen]})
    SELECT any_value(odd.value) AS example, count(*) AS processes, count(DISTINCT job) AS jobs,
      ${distinctList("user_name", MAX_LISTED_NAMES)} AS users, count(DISTINCT user_name) AS userCount,
      min(started) AS firstUse, max(started) AS lastUse, arg_max(job, started) AS lastJob
    FROM started JOIN odd ON odd.list = started.environment`,
    {
      ...started.values,
      ...sonames.values,
      prefix: `${rule.variable}=`,
      pattern: rule.pattern ?? "",
      user: user ?? "",
    },
  );
  return found.processes === 0 ? undefined : { rule: rule.name, description: rule.description, ...found };
}
