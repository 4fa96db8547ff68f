import { type Connection, reasonOf } from "../database/engine.js";
import { rows } from "../database/rows.js";
import { invalidRule, readRuleFile } from "./rule-file.js";
import { type AnswerOptions, type AnswerSettings, DEFAULT_SETTINGS, type EnvironmentRule } from "./settings.js";

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
  for (const [index, { pattern }] of rules.entries()) {
    if (pattern === undefined) continue;
    await rows(connection, "SELECT regexp_matches('', $pattern)", { pattern }).catch((cause) => {
      throw invalidRule(index, `"${pattern}" is not an RE2 expression: ${reasonOf(cause)}`, path, cause);
    });
  }
  return defaults ? [...DEFAULT_SETTINGS.environmentRules, ...rules] : rules;
}
