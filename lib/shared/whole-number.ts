/* Whole numbers in options, settings, parameters and environment variables: digits alone, within a range. */

/** The number, or undefined when the text is not one from `minimum` to `maximum`. */
export function parseWholeNumber(text: string, minimum: number, maximum: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && isWholeNumber(value, minimum, maximum) ? value : undefined;
}

export const isWholeNumber = (value: unknown, minimum: number, maximum: number): value is number =>
  Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;

export const expectedWholeNumber = (minimum: number, maximum: number): string =>
  `expected a whole number from ${minimum} to ${maximum}`;
