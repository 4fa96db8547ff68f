/** A wall-clock time in a message. */
export interface WireTime {
  /** Nanoseconds since the epoch. */
  nanoseconds: bigint;
  /** The true time is less than this many nanoseconds after `nanoseconds`. */
  precision: bigint;
}

export const SECOND_NS = 1_000_000_000n;
export const MILLISECOND_NS = 1_000_000n;
/** Smaller times are in seconds, which stay below it until the year 5138. In milliseconds it is March 1973. */
const MIN_MILLISECONDS = 100_000_000_000n;
/** Signed 64-bit nanoseconds end in April 2262; databases use the last value for infinity. */
const MAX_TIME_NS = 2n ** 63n - 2n;

/** The time in a field that clients up to 0.5 fill with seconds and newer ones with milliseconds; undefined if impossible. */
export function timeOfSecondsOrMilliseconds(value: bigint): WireTime | undefined {
  const precision = value < MIN_MILLISECONDS ? SECOND_NS : MILLISECOND_NS;
  return timeOfNanoseconds(value * precision, precision);
}

export function timeOfNanoseconds(nanoseconds: bigint, precision = 1n): WireTime | undefined {
  if (nanoseconds <= 0n || nanoseconds > MAX_TIME_NS) return undefined;
  return { nanoseconds, precision };
}
