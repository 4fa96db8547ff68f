import { OgrtError } from "../../errors.js";

/** Parameters of a query for one page of rows. */
export type Page = {
  /** One more than the page holds: the extra row shows that there is a next page. */
  readonly limit: number;
  readonly offset: number;
};

export interface PageInput {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export const DEFAULT_PAGE_ROWS = 100;

/** @throws {@link OgrtError} INVALID_PARAMETER. */
export function pageOf({ limit = DEFAULT_PAGE_ROWS, cursor }: PageInput): Page {
  return { limit: limit + 1, offset: Number(parseCursor(cursor) ?? 0n) };
}

/** Cuts the extra row off, and returns the cursor of the next page. */
export function paginate<R>(found: readonly R[], { limit, offset }: Page): { rows: R[]; next: string | null } {
  const rowsOnPage = limit - 1;
  return { rows: found.slice(0, rowsOnPage), next: found.length > rowsOnPage ? `${offset + rowsOnPage}` : null };
}

/** The number in a cursor: an offset, or for processes a sequence. */
export function parseCursor(cursor: string | undefined): bigint | undefined {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new OgrtError("INVALID_PARAMETER", "cursor must be the `next` of an answer", { value: "cursor" });
  }
  return BigInt(cursor);
}
