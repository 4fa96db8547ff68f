/**
 * Splits a payload into its two long lists (shared objects and modules) and the rest, without decoding them. Thousands of
 * processes send the same list, and a cache by bytes lets the decoder decode it once.
 */

/** Field numbers of the lists of a message. */
export interface ListFields {
  readonly objects: number;
  readonly modules?: number;
  /** Repeated fields of the rest, whose elements count too. */
  readonly counted: readonly number[];
}

export const PROCESS_START_LISTS: ListFields = { objects: 311, modules: 312, counted: [309, 310, 504] };
export const PROCESS_END_LISTS: ListFields = { objects: 506, counted: [] };

/** Elements of all lists of a frame, more than a datagram has room for. */
export const MAX_ELEMENTS = 16_384;

/** A payload in three parts; the lists as whole `tag, length, element` triples. */
export interface SplitPayload {
  /** The fields that are neither objects nor modules. */
  rest: Uint8Array;
  objects: Uint8Array;
  modules: Uint8Array;
  /** Elements of all lists. */
  elements: number;
}

/** Read position, which the functions below advance. */
interface Cursor {
  at: number;
}

/** The payload in three parts, `too-many-elements`, or undefined when the bytes are not a protobuf message. */
export function splitLists(payload: Uint8Array, fields: ListFields): SplitPayload | "too-many-elements" | undefined {
  const rest: Uint8Array[] = [];
  const objects: Uint8Array[] = [];
  const modules: Uint8Array[] = [];
  const cursor: Cursor = { at: 0 };
  let elements = 0;
  let stretchStart = 0;
  let stretchList = rest;
  while (cursor.at < payload.length) {
    const fieldStart = cursor.at;
    const field = skipField(payload, cursor, fields);
    if (field === 0) return undefined;
    const list = field === fields.objects ? objects : field === fields.modules ? modules : rest;
    if ((list !== rest || fields.counted.includes(field)) && ++elements > MAX_ELEMENTS) return "too-many-elements";
    if (list !== stretchList) {
      if (fieldStart > stretchStart) stretchList.push(payload.subarray(stretchStart, fieldStart));
      stretchStart = fieldStart;
      stretchList = list;
    }
  }
  if (cursor.at > stretchStart) stretchList.push(payload.subarray(stretchStart, cursor.at));
  return { rest: joined(rest), objects: joined(objects), modules: joined(modules), elements };
}

/** The elements of a list, one by one. */
export function* elementsOf(list: Uint8Array): Generator<Uint8Array> {
  const cursor: Cursor = { at: 0 };
  while (cursor.at < list.length) {
    readVarint(list, cursor);
    const length = readVarint(list, cursor);
    yield list.subarray(cursor.at, cursor.at + length);
    cursor.at += length;
  }
}

/** A list is mostly one stretch of its payload, which needs no copy. */
const joined = (stretches: Uint8Array[]): Uint8Array =>
  stretches.length === 1 && stretches[0] !== undefined ? stretches[0] : Buffer.concat(stretches);

/** Skips one field and returns its number; 0, which no field has, for an invalid one. */
function skipField(bytes: Uint8Array, cursor: Cursor, fields: ListFields): number {
  const tag = readVarint(bytes, cursor);
  if (tag > 0xffffffff || tag < 8) return 0;
  const field = Math.floor(tag / 8);
  const wireType = tag % 8;
  let size = -1;
  if (wireType === 0) size = readVarint(bytes, cursor) < 0 ? -1 : 0;
  else if (wireType === 1) size = 8;
  else if (wireType === 2) size = readVarint(bytes, cursor);
  else if (wireType === 5) size = 4;
  if (size < 0 || size > bytes.length - cursor.at) return 0;
  cursor.at += size;
  // A list element of another wire type cannot be split by `elementsOf`.
  return wireType !== 2 && (field === fields.objects || field === fields.modules) ? 0 : field;
}

/** A base-128 number of at most 10 bytes, exact below 2^53, which suffices for lengths and tags; -1 if invalid. */
function readVarint(bytes: Uint8Array, cursor: Cursor): number {
  const first = bytes[cursor.at];
  if (first !== undefined && first < 0x80) {
    cursor.at++;
    return first;
  }
  let value = 0;
  let factor = 1;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[cursor.at];
    if (byte === undefined) return -1;
    cursor.at++;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
    factor *= 128;
  }
  return -1;
}
