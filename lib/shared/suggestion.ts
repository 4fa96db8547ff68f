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

/** The Levenshtein distance, or at least `limit` for words whose lengths differ by that much. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? limit;
}
