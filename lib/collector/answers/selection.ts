import { OgrtError } from "../../errors.js";
import { likePattern } from "../../shared/glob.js";
import { canonicalUuid } from "../../signature/index.js";
import { namedIn, rows } from "../database/rows.js";
import type { Context } from "./question.js";
import { parseSpan, type Span } from "./span.js";
import { type Piece, startedIn, usageIn, writeUsage } from "./usage.js";

/** What somebody may be affected by. */
export interface Selection {
  readonly kind: "signature" | "buildId" | "path" | "soname";
  readonly value: string;
}

type Asked = { readonly [K in Selection["kind"] | "text" | "since" | "until"]?: string | undefined };

const KINDS = ["signature", "buildId", "path", "soname", "text"] as const;
/** Shorter ones could be names. */
const BUILD_ID = /^[0-9a-f]{16,128}$/;

/** @throws {@link OgrtError} INVALID_PARAMETER unless exactly one parameter selects something. */
export function selectionOf(asked: Asked): Selection {
  const [kind, more] = KINDS.filter((name) => asked[name] !== undefined);
  if (kind === undefined || more !== undefined) {
    const sentence = `one of ${KINDS.join(", ")} must be given${more === undefined ? "" : ", not several"}`;
    throw new OgrtError("INVALID_PARAMETER", sentence, { value: more ?? "text" });
  }
  const text = asked[kind] ?? "";
  if (kind === "text") return recognized(text.trim());
  if (kind === "buildId") return { kind, value: text.toLowerCase() };
  if (kind !== "signature") return { kind, value: text };
  const signature = canonicalUuid(text);
  if (signature !== undefined) return { kind, value: signature };
  throw new OgrtError("INVALID_PARAMETER", "signature must be a UUID of 36 characters", { value: "signature" });
}

function recognized(text: string): Selection {
  const signature = canonicalUuid(text);
  if (signature !== undefined) return { kind: "signature", value: signature };
  const hexadecimal = text.toLowerCase();
  if (BUILD_ID.test(hexadecimal)) return { kind: "buildId", value: hexadecimal };
  if (text.includes("/")) return { kind: "path", value: text };
  // Nobody types a whole soname.
  return { kind: "soname", value: /[*?]/.test(text) ? text : `${text}*` };
}

const CONDITIONS: Record<Selection["kind"], string> = {
  signature: "list_contains(o.signatures, $value)",
  buildId: "o.build_id = $value",
  path: "o.path LIKE $value ESCAPE '\\'",
  soname: "coalesce(o.soname, regexp_extract(o.path, '[^/]*$')) LIKE $value ESCAPE '\\'",
};

/** Finds what was selected. @see {@link mark} */
export function select(context: Context, { kind, value }: Selection): Promise<Selected> {
  const isGlob = kind === "path" || kind === "soname";
  return mark(context, `SELECT f.id FROM finding f JOIN object o ON o.id = f.object WHERE ${CONDITIONS[kind]}`, {
    value: isGlob ? likePattern(value) : value,
  });
}

/**
 * Writes findings to temporary tables of the connection, which answers one question at a time: `hit` (the findings),
 * `hit_list` (lists with one of them), `hit_later` (such lists that are of a later frame or of an end, by process).
 */
export async function mark({ connection }: Context, query: string, values: Piece["values"]): Promise<Selected> {
  const found = await rows<{ id: number }>(connection, query, values);
  await connection.run("CREATE OR REPLACE TEMP TABLE hit (id INTEGER)");
  const appender = await connection.createAppender("hit", "main", "temp");
  for (const { id } of found) {
    appender.appendInteger(id);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(
    "CREATE OR REPLACE TEMP TABLE hit_list AS SELECT DISTINCT list FROM object_list WHERE finding IN (SELECT id FROM hit)",
  );
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE hit_later AS
    SELECT uuid, objects FROM process_part WHERE objects IN (SELECT list FROM hit_list)
    UNION SELECT uuid, objects FROM process_end WHERE objects IN (SELECT list FROM hit_list)`,
  );
  const [known] = await rows<{ later: boolean }>(connection, "SELECT count(*) > 0 AS later FROM hit_later", {});
  const hasLater = known?.later === true;
  const orLater = hasLater ? " OR p.uuid IN (SELECT uuid FROM hit_later)" : "";
  return { hasLater, condition: `(${AT_START}${orLater})` };
}

const AT_START = "p.program IN (SELECT id FROM hit) OR p.objects IN (SELECT list FROM hit_list)";

interface Selected {
  /** True when a process loaded something of it after its start, or told of it in a later frame. */
  readonly hasLater: boolean;
  /** That a process `p` used it. */
  readonly condition: string;
}

/**
 * Writes the use of the findings in `hit_later` to the temporary table `later_use`: a row for each process that did not have
 * the same finding in its first list.
 */
export async function writeLaterUse({ connection }: Context, span: Span): Promise<void> {
  const started = startedIn(span);
  const sql = `CREATE OR REPLACE TEMP TABLE later_use AS
    WITH loaded AS (
      SELECT p.uuid, h.objects AS later, p.objects, p.job, p.user_name, p.started
      FROM hit_later h JOIN process p ON p.uuid = h.uuid WHERE ${started.sql}
    ),
    member AS (SELECT DISTINCT list, finding FROM object_list WHERE finding IN (SELECT id FROM hit)),
    used AS (
      SELECT DISTINCT l.uuid, m.finding, l.job, l.user_name, l.started FROM loaded l JOIN member m ON m.list = l.later
        ANTI JOIN member s ON s.list = l.objects AND s.finding = m.finding
    )
    SELECT t.finding, j.id AS job, u.id AS user_name, t.started FROM used t
      LEFT JOIN name j ON j.value = t.job LEFT JOIN name u ON u.value = t.user_name`;
  await connection.run(sql, namedIn(sql, started.values));
}

/** Finds what was selected, and gives a query for its use in a span, of rows as in `usage`. */
export async function selectUse(
  context: Context,
  asked: Asked,
): Promise<{ selection: Selection; span: Span; matched: Piece }> {
  const selection = selectionOf(asked);
  const span = parseSpan(asked);
  const { hasLater } = await select(context, selection);
  const usage = await usageIn(context, span);
  const started = startedIn(span);
  const later = `SELECT p.* FROM process p WHERE p.uuid IN (SELECT uuid FROM hit_later) AND ${started.sql}
    AND p.program NOT IN (SELECT id FROM hit) AND p.objects NOT IN (SELECT list FROM hit_list)`;
  if (hasLater) await writeUsage(context, "later_usage", { sql: later, values: started.values });
  const sql = `FROM (${usage.sql}) WHERE program IN (SELECT id FROM hit) OR objects IN (SELECT list FROM hit_list)
    ${hasLater ? "UNION ALL FROM later_usage" : ""}`;
  return { selection, span, matched: { sql, values: usage.values } };
}
