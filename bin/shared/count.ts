import { InvalidArgumentError } from "commander";

/** A whole number in a range, for an option. */
export function parseCount(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`expected a whole number from ${minimum} to ${maximum}.`);
  };
}
