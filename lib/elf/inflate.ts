import { unzlibSync } from "fflate";

/** DEFLATE expands one byte to at most this many (RFC 1951: 258 bytes in 2 bits). */
const MAX_RATIO = 1032;
/** Largest prime below 2^16 (RFC 1950, section 8.2). */
const ADLER_BASE = 65521;
/** Sums of this many bytes stay below 2^32 (as in zlib's NMAX). */
const ADLER_RUN = 5552;

/**
 * The inflated bytes of zlib data (RFC 1950), or undefined when the data is damaged or does not inflate to exactly
 * `size` bytes. Synchronous, unlike a browser's DecompressionStream.
 */
export function inflateZlib(data: Uint8Array, size: number): Uint8Array | undefined {
  // A larger size is false: do not allocate for it.
  if (size > data.length * MAX_RATIO || data.length < 6) return undefined;
  let inflated: Uint8Array;
  try {
    // fflate drops bytes that do not fit. One byte of extra room shows that there are too many.
    inflated = unzlibSync(data, { out: new Uint8Array(size + 1) });
  } catch {
    return undefined;
  }
  const [a = 0, b = 0, c = 0, d = 0] = data.subarray(-4);
  const announced = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return inflated.length === size && adler32(inflated) === announced ? inflated : undefined;
}

/** The checksum at the end of zlib data, which fflate does not verify. */
function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let start = 0; start < bytes.length; start += ADLER_RUN) {
    for (const byte of bytes.subarray(start, start + ADLER_RUN)) {
      low += byte;
      high += low;
    }
    low %= ADLER_BASE;
    high %= ADLER_BASE;
  }
  return ((high << 16) | low) >>> 0;
}
