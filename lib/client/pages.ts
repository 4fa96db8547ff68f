import type { Answer, Input, OperationName } from "./operations.js";

/** Operations that answer one page of a list. */
export type ListName = { [N in OperationName]: "snapshot" extends keyof Input<N> ? N : never }[OperationName];

/** Rows of one page: the most that a collector answers at once. */
const PAGE_ROWS = 1000;

/** What all lists have in common; TypeScript cannot see it in the type of any of them. */
interface PageInput {
  readonly limit?: number;
  readonly cursor?: string;
  readonly snapshot?: boolean;
}

/** The cursor of the page after an answer; undefined on the last page. */
export const nextCursor = (page: object): string | undefined => (page as { next?: string | null }).next ?? undefined;

/** All pages of a list from one snapshot, one after the other. Each is asked for when the one before has been taken. */
export async function* pagesOf<N extends ListName>(
  ask: (input: Input<N>) => Promise<Answer<N>>,
  input: Input<N>,
  limit = PAGE_ROWS,
): AsyncGenerator<Answer<N>, void, void> {
  const paged: PageInput = { ...(input as PageInput), limit, snapshot: true };
  let { cursor } = paged;
  do {
    const page = await ask({ ...paged, ...(cursor !== undefined && { cursor }) } as Input<N>);
    yield page;
    cursor = nextCursor(page);
  } while (cursor !== undefined);
}
