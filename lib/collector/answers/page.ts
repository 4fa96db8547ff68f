import { OgrtError } from "../../errors.js";
import { parseWholeNumber } from "../../shared/whole-number.js";

/** Which rows of an answer are wanted. */
export interface Page {
  /** One more than wanted: whether there is one tells whether there is a next page. */
  readonly limit: number;
  readonly offset: number;
}

interface Asked {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

const DEFAULT_LIMIT = 100;

/** @throws {@link OgrtError} INVALID_PARAMETER. */
export function pageOf({ limit = DEFAULT_LIMIT, cursor }: Asked): Page {
  return { limit: limit + 1, offset: Number(place(cursor) ?? 0n) };
}

/** The rows of a page, and the cursor of the next one. */
export function cut<T>(found: readonly T[], { limit, offset }: Page): { rows: T[]; next: string | null } {
  const wanted = limit - 1;
  return { rows: found.slice(0, wanted), next: found.length > wanted ? `${offset + wanted}` : null };
}

/** The number in a cursor: a row's place, or for processes their sequence. */
export function place(cursor: string | undefined): bigint | undefined {
  if (cursor === undefined) return undefined;
  const row = parseWholeNumber(cursor, 0, Number.MAX_SAFE_INTEGER);
  if (row === undefined) {
    throw new OgrtError("INVALID_PARAMETER", "cursor must be next of an answer", { value: "cursor" });
  }
  return BigInt(row);
}
