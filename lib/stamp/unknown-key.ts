/** A key that has a value and is not one of those that are known. */
export const unknownKey = (given: object, known: object): string | undefined =>
  Object.entries(given).find(([key, value]) => value !== undefined && !Object.hasOwn(known, key))?.[0];
