/** Wall-clock times of messages: nanoseconds since the epoch, and how exact the sender was. */
export interface WireTime {
  nanoseconds: bigint;
  /** The true time lies less than this many nanoseconds after `nanoseconds`. */
  precision: bigint;
}

const SECOND = 1_000_000_000n;
const MILLISECOND = 1_000_000n;
/** As seconds this is the year 5138, as milliseconds March 1973: no real time is on the wrong side. */
const SMALLEST_MILLISECONDS = 100_000_000_000n;
/** Signed 64-bit nanoseconds end in April 2262; their last one means infinity to databases. */
const LATEST = 2n ** 63n - 2n;

/** Field 303 and its kin: seconds from clients up to 0.5, milliseconds later. Undefined for an impossible time. */
export function timeOfSecondsOrMilliseconds(value: bigint): WireTime | undefined {
  const precision = value < SMALLEST_MILLISECONDS ? SECOND : MILLISECOND;
  return timeOfNanoseconds(value * precision, precision);
}

export function timeOfNanoseconds(nanoseconds: bigint, precision = 1n): WireTime | undefined {
  if (nanoseconds <= 0n || nanoseconds > LATEST) return undefined;
  return { nanoseconds, precision };
}
