import { Damaged, ensure } from "./bits.js";
import { type Frame, mostBytes, readFrames } from "./frame.js";
import type { HuffmanTable } from "./huffman.js";
import { readLiterals } from "./literals.js";
import { type History, readSequencesHeader, runSequences, type Target } from "./sequences.js";
import { xxh64Low } from "./xxh64.js";

/**
 * The inflated bytes of Zstandard data (RFC 8878), or undefined when the data is damaged, needs a dictionary or inflates to
 * more than `maxBytes`. Checks the checksums of frames that have one. Synchronous, without tables or loops that the data could
 * make larger than what it inflates to, and at most 4096 blocks.
 *
 * @param charge - gets the bytes that the result takes before there is memory for them.
 */
export function inflateZstd(
  data: Uint8Array,
  maxBytes: number,
  charge: (bytes: number) => void = () => {},
): Uint8Array | undefined {
  try {
    const frames = readFrames(data);
    // What blocks can hold bounds what is allocated, whatever a header announces.
    const size = Math.min(mostBytes(frames), maxBytes);
    charge(size);
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const frame of frames) at = inflateFrame(data, frame, bytes, at);
    return bytes.subarray(0, at);
  } catch (error) {
    if (error instanceof Damaged) return undefined;
    throw error;
  }
}

/** Returns the offset behind the content of the frame. */
function inflateFrame(data: Uint8Array, frame: Frame, bytes: Uint8Array, start: number): number {
  const { blocks, maxBlockBytes, contentSize, checksum } = frame;
  const history: History = { tables: [], offsets: [1, 4, 8] };
  let huffman: HuffmanTable | undefined;
  let at = start;
  for (const { type, start: from, size } of blocks) {
    if (type === "compressed") {
      const block = data.subarray(from, from + size);
      const end = Math.min(at + maxBlockBytes, bytes.length);
      const literals = readLiterals(block, huffman, maxBlockBytes);
      huffman = literals.table;
      at = inflateBlock(block, literals.end, literals.bytes, history, { bytes, start, at, end });
    } else {
      ensure(at + size <= bytes.length, "more content than announced");
      if (type === "raw") bytes.set(data.subarray(from, from + size), at);
      else bytes.fill(data[from] ?? 0, at, at + size);
      at += size;
    }
  }
  ensure(contentSize === undefined || at - start === contentSize, "other size than announced");
  ensure(checksum === undefined || xxh64Low(bytes.subarray(start, at)) === checksum, "wrong checksum");
  return at;
}

function inflateBlock(
  block: Uint8Array,
  sequencesAt: number,
  literals: Uint8Array,
  history: History,
  target: Target,
): number {
  const { count, bits } = readSequencesHeader(block, sequencesAt, history);
  ensure(count > 0 || bits === block.length, "bytes behind the sequences");
  const used = count === 0 ? 0 : runSequences(block.subarray(bits), count, history, literals, target);
  const rest = literals.subarray(used);
  ensure(target.at + rest.length <= target.end, "block of wrong size");
  target.bytes.set(rest, target.at);
  return target.at + rest.length;
}
