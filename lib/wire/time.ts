/** A wall-clock time in a message. */
export interface WireTime {
  /** Nanoseconds since the epoch. */
  nanoseconds: bigint;
  /** The true time is less than this many nanoseconds after `nanoseconds`. */
  precision: bigint;
}

const SECOND_NS = 1_000_000_000n;
const MILLISECOND_NS = 1_000_000n;
/** Separates seconds, of which this is the year 5138, from milliseconds, of which it is March 1973. */
const MIN_MILLISECONDS = 100_000_000_000n;
/** Signed 64-bit nanoseconds end in April 2262; databases use the last value for infinity. */
const MAX_TIME_NS = 2n ** 63n - 2n;

/** The time in field 303 and the like: seconds from clients up to 0.5, milliseconds from newer ones. Undefined if impossible. */
export function timeOfSecondsOrMilliseconds(value: bigint): WireTime | undefined {
  const precision = value < MIN_MILLISECONDS ? SECOND_NS : MILLISECOND_NS;
  return timeOfNanoseconds(value * precision, precision);
}

export function timeOfNanoseconds(nanoseconds: bigint, precision = 1n): WireTime | undefined {
  if (nanoseconds <= 0n || nanoseconds > MAX_TIME_NS) return undefined;
  return { nanoseconds, precision };
}
