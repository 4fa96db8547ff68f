/** The form of a regular noun for a count: `process`, `processes`. */
export const plural = (count: number, noun: string): string =>
  `${noun}${count === 1 ? "" : noun.endsWith("s") ? "es" : "s"}`;
