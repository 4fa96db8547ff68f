/** More typing mistakes than this make a different word. */
const MAX_TYPING_MISTAKES = 3;

/** `; did you mean X?` with the known word that is nearest to a wrong one, or nothing when none is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  let nearest = "";
  let limit = Math.min(MAX_TYPING_MISTAKES, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const mistakes = distance(word, candidate, limit);
    if (mistakes >= limit) continue;
    limit = mistakes;
    nearest = `; did you mean ${candidate}?`;
  }
  return nearest;
}

/**
 * The number of letters to insert, remove or replace, or of neighbours to swap (optimal string alignment); at least `limit`
 * for words whose lengths differ by that much.
 */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i] === b[j - 1] ? 0 : 1);
      const isSwap = i > 0 && j > 1 && a[i] === b[j - 2] && a[i - 1] === b[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : limit;
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swapped));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? limit;
}
