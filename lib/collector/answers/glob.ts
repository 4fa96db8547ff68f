import type { EngineValue } from "../database/engine.js";

/** A glob (`*`, `?`) as pattern of LIKE with the escape character `\`. */
export const likePattern = (glob: string) =>
  glob
    .replaceAll(/[\\%_]/g, "\\$&")
    .replaceAll("*", "%")
    .replaceAll("?", "_");

/** The condition that a text matches one of several globs. @param name - of the values, which get numbers. */
export function matchesAny(text: string, globs: readonly string[], name: string) {
  const values: Record<string, EngineValue> = {};
  const parts = globs.map((glob, index) => {
    values[`${name}${index}`] = likePattern(glob);
    return `${text} LIKE $${name}${index} ESCAPE '\\'`;
  });
  return { sql: parts.length === 0 ? "false" : `(${parts.join(" OR ")})`, values };
}
