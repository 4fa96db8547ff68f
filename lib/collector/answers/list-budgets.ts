/*
 * How much of its lists an answer holds. Clients choose how long their lists are: a job of a thousand processes with 65,000
 * objects each would take too long, and the collector answers one question after the other.
 */

/** A use of a list, and how much of the list the answer holds. */
export interface Share {
  readonly list: number;
  /** Elements of the list. */
  readonly total: number;
  /** Elements in the answer, from the first one on. */
  readonly taken: number;
}

/** Grants elements in the order of the uses: the list in which the budget ends is truncated. */
export function elementsWithin(
  budget: number,
  uses: readonly number[],
  elementsOf: ReadonlyMap<number, number>,
): Share[] {
  let left = budget;
  return uses.map((list) => {
    const total = elementsOf.get(list) ?? 0;
    const taken = Math.min(total, left);
    left -= taken;
    return { list, total, taken };
  });
}

/** Grants whole lists in the order of the uses, by their bytes: a list that does not fit is left out. */
export function listsWithin(
  budgetBytes: number,
  uses: readonly number[],
  sizeOf: ReadonlyMap<number, { readonly elements: number; readonly bytes: number }>,
): Share[] {
  let left = budgetBytes;
  return uses.map((list) => {
    const { elements, bytes } = sizeOf.get(list) ?? { elements: 0, bytes: 0 };
    if (bytes > left) return { list, total: elements, taken: 0 };
    left -= bytes;
    return { list, total: elements, taken: elements };
  });
}

/** The number of elements to read of each list. */
export function elementsToRead(shares: readonly Share[]): Map<number, number> {
  const wanted = new Map<number, number>();
  for (const { list, taken } of shares) {
    if (taken > (wanted.get(list) ?? 0)) wanted.set(list, taken);
  }
  return wanted;
}

/** The share of a use, from the elements that were read. */
export const takeShare = <T>({ list, taken }: Share, elementsOf: ReadonlyMap<number, readonly T[]>): T[] =>
  (elementsOf.get(list) ?? []).slice(0, taken);
