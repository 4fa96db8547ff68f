/*
 * Keys of frames: four words of a UUID and its use, and one word for the bucket under which the frame is indexed. The bucket
 * follows from the frame and the day of its reception, so that a frame that is sent again is looked up where it was put.
 */

/** Words of a UUID. */
export const UUID_WORDS = 4;
export const KEY_WORDS = UUID_WORDS + 1;

const DAY_MS = 86_400_000;
export const dayOf = (milliseconds: number): number => Math.floor(milliseconds / DAY_MS);
export const dayOfNanoseconds = (nanoseconds: bigint): number => dayOf(Number(nanoseconds / 1_000_000n));

/** Distinguishes the frames of one process. */
export const useOf = (kind: "start" | "end", part: number): number => part * 2 + (kind === "end" ? 1 : 0);

/** By which day a frame is indexed. */
export const BUCKET = {
  /** The day of its own time. */
  dated: 0,
  /** The day of its reception: its time was days ahead then, and will not be later. */
  ahead: 1,
  /** The day of its reception: the store keeps no time of it. */
  undated: 2,
} as const;

export const bucketDay = (bucket: number): number => bucket >>> 2;
export const bucketKind = (bucket: number): number => bucket & 3;

/** @param day - of the frame's own time, if it has one. */
export function bucketOf(day: number | undefined, receivedDay: number): number {
  if (day === undefined) return receivedDay * 4 + BUCKET.undated;
  if (day > receivedDay + 1) return receivedDay * 4 + BUCKET.ahead;
  return Math.max(0, day) * 4 + BUCKET.dated;
}

/** Writes the words of a UUID in lower case, the highest first. */
export function uuidWords(words: Uint32Array, at: number, uuid: string): void {
  words[at] = hex(uuid, 0) * 0x10000 + hex(uuid, 4);
  words[at + 1] = hex(uuid, 9) * 0x10000 + hex(uuid, 14);
  words[at + 2] = hex(uuid, 19) * 0x10000 + hex(uuid, 24);
  words[at + 3] = hex(uuid, 28) * 0x10000 + hex(uuid, 32);
}

/** Writes the words of a UUID in lower case and its use. All zeros mark an empty slot, so no UUID is all zeros. */
export function putUuid(words: Uint32Array, at: number, uuid: string, use: number): void {
  uuidWords(words, at, uuid);
  words[at + 3] = (words[at + 3] ?? 0) ^ Math.imul(use, 0x9e3779b1);
  if (((words[at] ?? 0) | (words[at + 1] ?? 0) | (words[at + 2] ?? 0) | (words[at + 3] ?? 0)) === 0) words[at + 3] = 1;
}

export function putKey(words: Uint32Array, at: number, uuid: string, use: number, bucket: number): void {
  putUuid(words, at, uuid, use);
  words[at + UUID_WORDS] = bucket;
}

/** Four digits of a UUID in lower case. */
function hex(uuid: string, at: number): number {
  let value = 0;
  for (let index = at; index < at + 4; index++) {
    const code = uuid.charCodeAt(index);
    value = value * 16 + (code < 0x3a ? code - 0x30 : code - 0x57);
  }
  return value;
}
