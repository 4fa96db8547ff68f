/** More mistakes than this make another word. */
const MISTAKES = 3;

/** The known word that somebody may have meant, as the end of a sentence; empty when there is none. */
export function suggestion(word: string, known: Iterable<string>): string {
  let best: string | undefined;
  let fewest = Math.min(MISTAKES, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const mistakes = distance(word, candidate, fewest);
    if (mistakes >= fewest) continue;
    fewest = mistakes;
    best = candidate;
  }
  return best === undefined ? "" : `; did you mean ${best}?`;
}

/** Levenshtein's distance; words that differ too much in length are not compared. */
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
