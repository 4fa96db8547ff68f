/**
 * What an answer may hold of lists that were written by whoever sent them: a job of a thousand processes with 65,000
 * objects each is more than anybody wants to wait for, and the collector answers others meanwhile.
 */

/** One use of a list, and how much of it goes into the answer. */
export interface Share {
  readonly list: number;
  /** Elements of the list. */
  readonly total: number;
  /** Elements of it that are in the answer, from the first one on. */
  readonly taken: number;
}

/** Shares the budget in the order of the uses, element by element: the list where it ends is cut. */
export function shareElements(uses: readonly number[], sizes: ReadonlyMap<number, number>, budget: number): Share[] {
  let left = budget;
  return uses.map((list) => {
    const total = sizes.get(list) ?? 0;
    const taken = Math.min(total, left);
    left -= taken;
    return { list, total, taken };
  });
}

/** Shares the budget in the order of the uses, by bytes: a list that does not fit any more is left out. */
export function shareBytes(
  uses: readonly number[],
  sizes: ReadonlyMap<number, { readonly elements: number; readonly bytes: number }>,
  budget: number,
): Share[] {
  let left = budget;
  return uses.map((list) => {
    const { elements, bytes } = sizes.get(list) ?? { elements: 0, bytes: 0 };
    if (bytes > left) return { list, total: elements, taken: 0 };
    left -= bytes;
    return { list, total: elements, taken: elements };
  });
}

/** How many elements are to be read of each list. */
export function wantedOf(shares: readonly Share[]): Map<number, number> {
  const wanted = new Map<number, number>();
  for (const { list, taken } of shares) {
    if (taken > (wanted.get(list) ?? 0)) wanted.set(list, taken);
  }
  return wanted;
}

/** What a use gets of the elements that were read. */
export function takeShare<T>({ list, taken }: Share, read: ReadonlyMap<number, readonly T[]>): T[] {
  return (read.get(list) ?? []).slice(0, taken);
}
