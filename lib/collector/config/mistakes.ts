import { type Located, plain } from "./document.js";

/** What is wrong with a value of a file. */
export interface Mistake {
  readonly line: number;
  /** Key of the value, such as `store.keep` or `output.url`. */
  readonly key: string;
  readonly sentence: string;
}

/** One or more mistakes, reported together. */
export class Mistakes extends Error {
  readonly list: readonly Mistake[];

  constructor(list: readonly Mistake[]) {
    super(list.map(({ sentence }) => sentence).join("; "));
    this.list = list;
  }
}

export const mistake = (line: number, key: string, sentence: string) => new Mistakes([{ line, key, sentence }]);

/** A mistake in the value of a key. The sentence says what is expected. */
export const unexpected = (key: string, value: Located, sentence: string) =>
  mistake(value.line, key, `${sentence}, not ${JSON.stringify(plain(value)) ?? "this"}`);

/**
 * Reads each item.
 *
 * @throws {@link Mistakes} all mistakes of all items.
 */
export function readAll<I, T>(items: Iterable<I>, read: (item: I) => T): T[] {
  const mistakes: Mistake[] = [];
  const values: T[] = [];
  for (const item of items) {
    try {
      values.push(read(item));
    } catch (error) {
      if (!(error instanceof Mistakes)) throw error;
      mistakes.push(...error.list);
    }
  }
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return values;
}
