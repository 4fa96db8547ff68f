import { readFileSync } from "node:fs";
import { OgrtError } from "../../errors.js";
import { loadEngine } from "../database/engine.js";

/** What is odd about an environment. */
export interface EnvironmentRule {
  readonly name: string;
  readonly description: string;
  readonly variable: string;
  /** The rule is broken when the variable is missing, is there, or has a value that `pattern` matches or does not match. */
  readonly oddWhen: "missing" | "present" | "matches" | "differs";
  /** Regular expression (RE2) for `matches` and `differs`; found anywhere in the value unless it is anchored. */
  readonly pattern?: string;
  /** Only of processes that loaded one of these sonames at their start; name globs. */
  readonly sonames?: readonly string[];
}

const OPENMP = ["libgomp.so*", "libiomp5.so*", "libomp.so*"];

export const DEFAULT_RULES: readonly EnvironmentRule[] = [
  {
    name: "omp-num-threads-missing",
    description: "an OpenMP program without OMP_NUM_THREADS takes all cores of the node, in every rank",
    variable: "OMP_NUM_THREADS",
    oddWhen: "missing",
    sonames: OPENMP,
  },
  {
    name: "omp-num-threads-invalid",
    description: "OMP_NUM_THREADS is no list of positive numbers",
    variable: "OMP_NUM_THREADS",
    oddWhen: "differs",
    pattern: "^ *[1-9][0-9]*( *, *[1-9][0-9]*)* *$",
  },
  {
    name: "locale",
    description: "LANG is neither C nor UTF-8: numbers and names may be read wrongly",
    variable: "LANG",
    oddWhen: "differs",
    pattern: "(?i)^(c|posix|.*utf-?8.*)?$",
  },
  {
    name: "locale-override",
    description: "LC_ALL is neither C nor UTF-8: numbers and names may be read wrongly",
    variable: "LC_ALL",
    oddWhen: "differs",
    pattern: "(?i)^(c|posix|.*utf-?8.*)?$",
  },
  {
    name: "ld-library-path-empty-element",
    description: "an empty element of LD_LIBRARY_PATH is the working directory: libraries are loaded from there",
    variable: "LD_LIBRARY_PATH",
    oddWhen: "matches",
    pattern: "^:|::|:$",
  },
  {
    name: "ld-library-path-relative",
    description: "an element of LD_LIBRARY_PATH depends on the working directory",
    variable: "LD_LIBRARY_PATH",
    oddWhen: "matches",
    pattern: "(^|:)[^/:$]",
  },
  {
    name: "path-working-directory",
    description: "PATH has the working directory in it",
    variable: "PATH",
    oddWhen: "matches",
    pattern: "^:|::|:$|(^|:)\\.\\.?(:|$)",
  },
];

const WHEN = ["missing", "present", "matches", "differs"];

/**
 * Reads a rule file: `{"defaults": true, "rules": [...]}`.
 *
 * @throws {@link OgrtError} FILE_UNREADABLE or INVALID_PARAMETER.
 */
export async function readEnvironmentRules(path: string): Promise<readonly EnvironmentRule[]> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new OgrtError("FILE_UNREADABLE", (cause as Error).message, { path, cause });
  }
  let file: { defaults?: unknown; rules?: unknown };
  try {
    file = JSON.parse(text) as typeof file;
  } catch (cause) {
    throw new OgrtError("INVALID_PARAMETER", `not JSON: ${(cause as Error).message}`, { path, cause });
  }
  if (typeof file !== "object" || file === null || !Array.isArray(file.rules)) {
    throw new OgrtError("INVALID_PARAMETER", 'an object with a list "rules" is expected', { path });
  }
  const own = file.rules.map((rule, index) => checked(rule, index, path));
  await checkPatterns(own, path);
  return file.defaults === false ? own : [...DEFAULT_RULES, ...own];
}

function checked(value: unknown, index: number, path: string): EnvironmentRule {
  const fail = (what: string) =>
    new OgrtError("INVALID_PARAMETER", `rule ${index + 1}: ${what}`, { path, value: `rules[${index}]` });
  if (typeof value !== "object" || value === null) throw fail("is no object");
  const { name, description, variable, oddWhen, pattern, sonames, ...unknown } = value as Record<string, unknown>;
  const [strange] = Object.keys(unknown);
  if (strange !== undefined) throw fail(`${strange} is not known`);
  for (const [key, text] of Object.entries({ name, description, variable })) {
    if (typeof text !== "string" || text === "") throw fail(`${key} must be a text`);
  }
  if (!WHEN.includes(oddWhen as string)) throw fail(`oddWhen must be one of ${WHEN.join(", ")}`);
  const needsPattern = oddWhen === "matches" || oddWhen === "differs";
  if (needsPattern !== (typeof pattern === "string")) throw fail("pattern belongs to matches and differs");
  const isTexts = Array.isArray(sonames) && sonames.every((text) => typeof text === "string");
  if (sonames !== undefined && !isTexts) throw fail("sonames must be a list of texts");
  return value as EnvironmentRule;
}

/** Only the engine knows what it takes for a regular expression; one that it refused later would spoil every answer. */
async function checkPatterns(rules: readonly EnvironmentRule[], path: string): Promise<void> {
  const { DuckDBInstance } = await loadEngine();
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  try {
    const connection = await instance.connect();
    for (const [index, { pattern }] of rules.entries()) {
      if (pattern === undefined) continue;
      await connection.run("SELECT regexp_matches('', $pattern)", { pattern }).catch((cause) => {
        const [reason] = (cause as Error).message.split("\n", 1);
        const sentence = `rule ${index + 1}: "${pattern}" is no regular expression of RE2: ${reason}`;
        throw new OgrtError("INVALID_PARAMETER", sentence, { path, value: `rules[${index}]`, cause });
      });
    }
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}
