import { readFileSync } from "node:fs";
import { OgrtError } from "../../errors.js";
import { unreadable } from "../../files/file-errors.js";
import type { EnvironmentRule } from "./settings.js";

const WHEN = ["missing", "present", "matches", "differs"];

/**
 * Reads a rule file without trying its patterns, which needs the engine.
 *
 * @throws {@link OgrtError} FILE_UNREADABLE or INVALID_PARAMETER.
 */
export function readRuleFile(path: string): { defaults: boolean; rules: readonly EnvironmentRule[] } {
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
  const rules = file.rules.map((rule, index) => checked(rule, index, path));
  return { defaults: file.defaults !== false, rules };
}

function checked(value: unknown, index: number, path: string): EnvironmentRule {
  const fail = (sentence: string) => invalidRule(index, sentence, path);
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

export const invalidRule = (index: number, sentence: string, path: string, cause?: unknown): OgrtError =>
  new OgrtError("INVALID_PARAMETER", `rule ${index + 1}: ${sentence}`, { path, value: `rules[${index}]`, cause });
