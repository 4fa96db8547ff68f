import { InvalidArgumentError } from "commander";
import { expectedWholeNumber, parseWholeNumber } from "../../lib/shared/whole-number.js";

/** Parses the value of an option as a whole number in a range. */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = parseWholeNumber(text, minimum, maximum);
    if (value === undefined) throw new InvalidArgumentError(`${expectedWholeNumber(minimum, maximum)}.`);
    return value;
  };
}

/** Collects the values of an option that may be repeated. */
export const repeatable = (value: string, earlier: string[] = []): string[] => [...earlier, value];
