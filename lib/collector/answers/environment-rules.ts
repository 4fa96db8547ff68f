import { readFileSync } from "node:fs";
import { OgrtError } from "../../errors.js";
import { unreadable } from "../../files/file-errors.js";
import { type Connection, reasonOf } from "../database/engine.js";
import { rows } from "../database/rows.js";
import { type AnswerOptions, type AnswerSettings, DEFAULT_SETTINGS, type EnvironmentRule } from "./settings.js";

const WHEN = ["missing", "present", "matches", "differs"];

/** Makes settings from options: reads the rules from their file. Throws like {@link readEnvironmentRules}. */
export async function readAnswerSettings(connection: Connection, options: AnswerOptions): Promise<AnswerSettings> {
  const { environmentRules: path, ...lists } = options;
  if (path === undefined) return { ...DEFAULT_SETTINGS, ...lists };
  return { ...lists, environmentRules: await readEnvironmentRules(connection, path) };
}

/**
 * Reads a rule file: `{"defaults": true, "rules": [...]}`.
 *
 * @param connection - tries the patterns: only the engine knows which regular expressions it accepts, and one that it
 *   refuses would make every answer fail.
 * @throws {@link OgrtError} FILE_UNREADABLE or INVALID_PARAMETER.
 */
export async function readEnvironmentRules(connection: Connection, path: string): Promise<readonly EnvironmentRule[]> {
  const { defaults, rules } = readRuleFile(path);
  const own = rules.map((rule, index) => checked(rule, index, path));
  for (const [index, { pattern }] of own.entries()) {
    if (pattern === undefined) continue;
    await rows(connection, "SELECT regexp_matches('', $pattern)", { pattern }).catch((cause) => {
      throw invalid(index, `"${pattern}" is not an RE2 expression: ${reasonOf(cause)}`, path, cause);
    });
  }
  return defaults ? [...DEFAULT_SETTINGS.environmentRules, ...own] : own;
}

function readRuleFile(path: string): { defaults: boolean; rules: readonly unknown[] } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw unreadable(path, cause);
  }
  let file: { defaults?: unknown; rules?: unknown } | null;
  try {
    file = JSON.parse(text) as typeof file;
  } catch (cause) {
    throw new OgrtError("INVALID_PARAMETER", `the file is not JSON: ${(cause as Error).message}`, { path, cause });
  }
  if (typeof file !== "object" || file === null || !Array.isArray(file.rules)) {
    throw new OgrtError("INVALID_PARAMETER", 'the file must hold an object with a list "rules"', { path });
  }
  return { defaults: file.defaults !== false, rules: file.rules };
}

function checked(value: unknown, index: number, path: string): EnvironmentRule {
  const fail = (sentence: string) => invalid(index, sentence, path);
  if (typeof value !== "object" || value === null) throw fail("not an object");
  const { name, description, variable, oddWhen, pattern, sonames, ...others } = value as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw fail(`unknown key ${unknown}`);
  for (const [key, text] of Object.entries({ name, description, variable })) {
    if (typeof text !== "string" || text === "") throw fail(`${key} must be a text`);
  }
  if (!WHEN.includes(oddWhen as string)) throw fail(`oddWhen must be one of ${WHEN.join(", ")}`);
  const needsPattern = oddWhen === "matches" || oddWhen === "differs";
  if (needsPattern !== (typeof pattern === "string")) throw fail("matches and differs take a pattern, the others none");
  const areTexts = Array.isArray(sonames) && sonames.every((text) => typeof text === "string");
  if (sonames !== undefined && !areTexts) throw fail("sonames must be a list of texts");
  return value as EnvironmentRule;
}

const invalid = (index: number, sentence: string, path: string, cause?: unknown): OgrtError =>
  new OgrtError("INVALID_PARAMETER", `rule ${index + 1}: ${sentence}`, { path, value: `rules[${index}]`, cause });
