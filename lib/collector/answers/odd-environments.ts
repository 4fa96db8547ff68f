import type { Answer } from "../../client/index.js";
import { OgrtError } from "../../errors.js";
import { matchesAny } from "../../shared/glob.js";
import type { EngineValue } from "../database/engine.js";
import { items, rows, type StoredList } from "../database/rows.js";
import { isoTime } from "../frames/json.js";
import { coverageOf } from "./completeness.js";
import type { EnvironmentRule } from "./environment-rules.js";
import { cut, pageOf } from "./page.js";
import type { Context, Question } from "./question.js";
import { parseSpan, type Span } from "./span.js";
import { startedIn } from "./usage.js";

type Odd = Answer<"oddEnvironments">["environments"][number];

const USERS_LISTED = 100;
/** What is looked at when nothing is asked for: environments differ by process, so there is no digest of them. */
const DEFAULT_SPAN = 7n * 86_400_000_000_000n;

export const oddEnvironments: Question<"oddEnvironments"> = async (context, input) => {
  const { settings, now } = context;
  const asked = parseSpan(input);
  const span = { ...asked, since: asked.since ?? (asked.until ?? now) - DEFAULT_SPAN };
  const page = pageOf(input);
  const rules = settings.environmentRules.filter(({ name }) => input.rule === undefined || name === input.rule);
  if (rules.length === 0) {
    throw new OgrtError(
      "INVALID_PARAMETER",
      `rule must be one of ${settings.environmentRules.map(({ name }) => name).join(", ")}`,
      {
        value: "rule",
      },
    );
  }
  const found: Odd[] = [];
  for (const rule of rules) {
    const use = await breaking(context, rule, span, input.user);
    if (use !== undefined) found.push(use);
  }
  found.sort((a, b) => b.processes - a.processes);
  const { rows: environments, next } = cut(found.slice(page.offset), page);
  return { ...(await coverageOf(context, span)), environments, next };
};

/** Which lists break a rule; `assigned` holds the variable's values by list. */
const BREAKS: Record<EnvironmentRule["oddWhen"], string> = {
  missing: "a.value IS NULL",
  present: "a.value IS NOT NULL",
  matches: "a.value IS NOT NULL AND regexp_matches(a.value, $pattern)",
  differs: "a.value IS NOT NULL AND NOT regexp_matches(a.value, $pattern)",
};

async function breaking(
  { connection }: Context,
  rule: EnvironmentRule,
  span: Span,
  user: string | undefined,
): Promise<Odd | undefined> {
  const started = startedIn(span);
  const sonames = matchesAny("coalesce(o.soname, regexp_extract(o.path, '[^/]*$'))", rule.sonames ?? [], "soname");
  const values: Record<string, EngineValue> = {
    ...started.values,
    ...sonames.values,
    prefix: `${rule.variable}=`,
    pattern: rule.pattern ?? "",
    user: user ?? "",
  };
  const loading = `p.objects IN (SELECT l.list FROM object_list l JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object
    WHERE ${sonames.sql})`;
  const [found] = await rows<{
    example: string | null;
    processes: bigint;
    jobs: bigint;
    users: StoredList<string | null>;
    user_count: bigint;
    first: bigint | null;
    last: bigint | null;
    last_job: string | null;
  }>(
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
    odd AS (SELECT lists.list, a.value FROM lists LEFT JOIN assigned a USING (list) WHERE ${BREAKS[rule.oddWhen]})
    SELECT any_value(odd.value) AS example, count(*) AS processes, count(DISTINCT job) AS jobs, count(DISTINCT user_name) AS user_count,
      list(DISTINCT user_name ORDER BY user_name)[1:${USERS_LISTED}] AS users, epoch_ns(min(started)) AS first,
      epoch_ns(max(started)) AS last, arg_max(job, started) AS last_job
    FROM started JOIN odd ON odd.list = started.environment`,
    values,
  );
  if (found === undefined || found.first === null || found.last === null) return undefined;
  return {
    rule: rule.name,
    description: rule.description,
    example: found.example,
    processes: Number(found.processes),
    jobs: Number(found.jobs),
    users: items(found.users),
    userCount: Number(found.user_count),
    firstUse: isoTime(found.first),
    lastUse: isoTime(found.last),
    lastJob: found.last_job,
  };
}
