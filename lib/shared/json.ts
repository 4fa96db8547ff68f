/**
 * Levels of arrays and objects in JSON that others wrote. Parsers survive any number of them, but code that walks the value
 * later, such as `JSON.stringify`, needs stack for each.
 */
export const MAX_JSON_DEPTH = 64;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object in a JSON text; undefined when the text is not valid JSON, not an object, or deeper than MAX_JSON_DEPTH. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}

/** The value of a JSON text; undefined when the text is not valid JSON, or deeper than MAX_JSON_DEPTH. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return hasDepth(value, MAX_JSON_DEPTH) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Whether a value has more than `levels` levels of arrays and objects. */
function hasDepth(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const part of Object.values(value)) if (hasDepth(part, levels - 1)) return true;
  return false;
}
