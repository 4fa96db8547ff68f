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

/** Sentences on why a list has no rows (notes.ts). */
export type WhyEmpty = () => Promise<readonly string[]> | readonly string[];

/** A row of a page, with the number of rows of the whole list. */
export type Counted<R> = R & { readonly rowCount: number };

/** Cuts the extra row off, and returns the cursor of the next page. A list without any row says why. */
export async function paginate<R>(
  found: readonly Counted<R>[],
  { limit, offset }: Page,
  whyEmpty: WhyEmpty,
): Promise<{ rows: R[]; next: string | null; rowCount: number | null; notes: readonly string[] }> {
  const rowsOnPage = limit - 1;
  const isEmpty = found.length === 0 && offset === 0;
  return {
    rows: found.slice(0, rowsOnPage).map(({ rowCount: _, ...row }) => row as R),
    next: found.length > rowsOnPage ? `${offset + rowsOnPage}` : null,
    rowCount: found[0]?.rowCount ?? (isEmpty ? 0 : null),
    notes: isEmpty ? await whyEmpty() : [],
  };
}

/** The number in a cursor: an offset, or for processes a sequence. */
export function parseCursor(cursor: string | undefined): bigint | undefined {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new OgrtError("INVALID_PARAMETER", "cursor must be the `next` of an answer", { value: "cursor" });
  }
  return BigInt(cursor);
}
