import { InvalidArgumentError } from "commander";
import { expectedWholeNumber, parseWholeNumber } from "../../lib/shared/whole-number.js";

/** A whole number in a range, for an option. */
export function parseCount(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = parseWholeNumber(text, minimum, maximum);
    if (value === undefined) throw new InvalidArgumentError(`${expectedWholeNumber(minimum, maximum)}.`);
    return value;
  };
}
