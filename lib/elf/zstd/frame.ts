import { ensure } from "./bits.js";

/** One block of a frame, as its header says (RFC 8878, section 3.1.1.2). */
interface Block {
  type: "raw" | "repeated" | "compressed";
  /** Offset of the content. */
  start: number;
  /** Bytes of content; for a repeated byte, how often. */
  size: number;
}

/** One frame with content. */
export interface Frame {
  blocks: Block[];
  /** Bytes of content that the header announces. */
  contentSize: number | undefined;
  /** Most bytes that a block gives. */
  maxBlockBytes: number;
  /** Low half of the content's XXH64. */
  checksum: number | undefined;
}

const MAGIC = 0xfd2fb528;
/** First of sixteen magic numbers. */
const SKIPPABLE_MAGIC = 0x184d2a50;
const MAX_BLOCK_BYTES = 128 << 10;
/** Blocks of one text: enough for 512 MiB. Each costs time for its tables, however little it holds. */
const MAX_BLOCKS = 4096;

/** The frames of Zstandard data, without skippable ones. Looks at headers only. */
export function readFrames(data: Uint8Array): Frame[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const frames: Frame[] = [];
  let blocks = 0;
  for (let at = 0; at < data.length; ) {
    ensure(at + 8 <= data.length, "data ends inside a frame header");
    const magic = view.getUint32(at, true);
    if ((magic ^ SKIPPABLE_MAGIC) >>> 0 < 16) {
      at += 8 + view.getUint32(at + 4, true);
      ensure(at <= data.length, "skippable frame ends after the data");
      continue;
    }
    ensure(magic === MAGIC, "not a Zstandard frame");
    const header = frameHeader(view, at + 4);
    const frame: Frame = { ...header, blocks: [], checksum: undefined };
    at = header.end;
    for (let isLast = false; !isLast; ) {
      ensure(at + 3 <= data.length && ++blocks <= MAX_BLOCKS, "too many blocks");
      const word = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
      isLast = (word & 1) !== 0;
      const type = (["raw", "repeated", "compressed"] as const)[(word >> 1) & 3];
      const size = word >> 3;
      ensure(type !== undefined && size <= header.maxBlockBytes, "invalid block");
      frame.blocks.push({ type, start: at + 3, size });
      at += 3 + (type === "repeated" ? 1 : size);
      ensure(at <= data.length, "block ends after the data");
    }
    if (header.hasChecksum) {
      ensure(at + 4 <= data.length, "data ends inside a checksum");
      frame.checksum = view.getUint32(at, true);
      at += 4;
    }
    frames.push(frame);
  }
  return frames;
}

/** Section 3.1.1.1. */
function frameHeader(view: DataView, at: number) {
  const descriptor = view.getUint8(at);
  const isSingle = (descriptor & 0x20) !== 0;
  ensure((descriptor & 8) === 0, "reserved bit of a frame");
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
  const dictionaryAt = at + (isSingle ? 1 : 2);
  const sizeAt = dictionaryAt + dictionaryBytes;
  const end = sizeAt + sizeBytes;
  ensure(end <= view.byteLength, "data ends inside a frame header");
  for (let index = dictionaryAt; index < sizeAt; index++) ensure(view.getUint8(index) === 0, "needs a dictionary");
  const contentSize =
    sizeBytes === 0
      ? undefined
      : sizeBytes === 1
        ? view.getUint8(sizeAt)
        : sizeBytes === 2
          ? view.getUint16(sizeAt, true) + 256
          : view.getUint32(sizeAt, true) + (sizeBytes === 8 ? view.getUint32(sizeAt + 4, true) * 2 ** 32 : 0);
  const windowByte = view.getUint8(at + 1);
  const windowSize = isSingle ? (contentSize ?? 0) : 2 ** (10 + (windowByte >> 3)) * (1 + (windowByte & 7) / 8);
  return {
    contentSize,
    end,
    maxBlockBytes: Math.min(windowSize, MAX_BLOCK_BYTES),
    hasChecksum: (descriptor & 4) !== 0,
  };
}

/** Most bytes that frames give: what they announce, or else what their blocks can hold. */
export function mostBytes(frames: readonly Frame[]): number {
  let sum = 0;
  for (const { blocks, maxBlockBytes, contentSize } of frames) {
    let most = 0;
    for (const { type, size } of blocks) most += type === "compressed" ? maxBlockBytes : size;
    sum += Math.min(most, contentSize ?? most);
  }
  return sum;
}
