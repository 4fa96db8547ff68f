/**
 * Splits a payload into its two long lists (shared objects and modules) and the rest, without decoding
 * them. Thousands of processes send the very same list: whoever keeps decoded lists by their bytes needs to decode
 * each only once.
 */

/** Field numbers of the lists of a message. */
export interface ListFields {
  readonly objects: number;
  readonly modules?: number;
  /** Repeated fields that stay in the rest, but are counted. */
  readonly counted: readonly number[];
}

export const PROCESS_START_LISTS: ListFields = { objects: 311, modules: 312, counted: [309, 310, 504] };
export const PROCESS_END_LISTS: ListFields = { objects: 506, counted: [] };

/** No process has more of anything; a record that says so is made up. */
const ELEMENT_LIMIT = 65_536;

export interface SplitPayload {
  /** The fields that are neither objects nor modules. */
  rest: Uint8Array;
  objects: RawList;
  modules: RawList;
}

/** The bytes of one repeated field: stretches of the payload, each holding whole `tag, length, element` triples. */
export type RawList = Uint8Array[];

/** Where the walk stands; advanced by the functions below. */
interface Cursor {
  at: number;
}

/** The payload in three parts, `too-many-elements`, or undefined where the bytes are no protobuf message. */
export function splitLists(payload: Uint8Array, fields: ListFields): SplitPayload | "too-many-elements" | undefined {
  const rest: Uint8Array[] = [];
  const split = { objects: [] as RawList, modules: [] as RawList };
  const cursor: Cursor = { at: 0 };
  const counts = new Map<number, number>();
  let stretchStart = 0;
  let stretchList = rest;
  while (cursor.at < payload.length) {
    const fieldStart = cursor.at;
    const field = skipField(payload, cursor, fields);
    if (field === undefined) return undefined;
    const list = field === fields.objects ? split.objects : field === fields.modules ? split.modules : rest;
    if (list !== rest || fields.counted.includes(field)) {
      const count = (counts.get(field) ?? 0) + 1;
      if (count > ELEMENT_LIMIT) return "too-many-elements";
      counts.set(field, count);
    }
    if (list !== stretchList) {
      if (fieldStart > stretchStart) stretchList.push(payload.subarray(stretchStart, fieldStart));
      stretchStart = fieldStart;
      stretchList = list;
    }
  }
  if (cursor.at > stretchStart) stretchList.push(payload.subarray(stretchStart, cursor.at));
  return { ...split, rest: rest.length === 1 && rest[0] !== undefined ? rest[0] : Buffer.concat(rest) };
}

/** The elements of a raw list, one by one. */
export function* elementsOf(list: RawList): Generator<Uint8Array> {
  for (const stretch of list) {
    const cursor: Cursor = { at: 0 };
    while (cursor.at < stretch.length) {
      readVarint(stretch, cursor);
      const length = readVarint(stretch, cursor) ?? 0;
      yield stretch.subarray(cursor.at, cursor.at + length);
      cursor.at += length;
    }
  }
}

/** A text that two raw lists share only when their bytes are the same. */
export function keyOf(list: RawList): string {
  let key = "";
  for (const { buffer, byteOffset, length } of list) key += Buffer.from(buffer, byteOffset, length).toString("latin1");
  return key;
}

/** Moves behind one field and gives its number; undefined at anything that is not `varint`, `fixed` or `bytes`. */
function skipField(bytes: Uint8Array, cursor: Cursor, fields: ListFields): number | undefined {
  const tag = readVarint(bytes, cursor);
  if (tag === undefined || tag > 0xffffffff || tag < 8) return undefined;
  const field = Math.floor(tag / 8);
  const wireType = tag % 8;
  let size: number | undefined;
  if (wireType === 0) size = readVarint(bytes, cursor) === undefined ? undefined : 0;
  else if (wireType === 1) size = 8;
  else if (wireType === 2) size = readVarint(bytes, cursor);
  else if (wireType === 5) size = 4;
  if (size === undefined || size > bytes.length - cursor.at) return undefined;
  cursor.at += size;
  // A list element of another wire type would not be split the same way again.
  return wireType !== 2 && (field === fields.objects || field === fields.modules) ? undefined : field;
}

/** Base-128 number of at most 10 bytes; exact below 2^53, which is all that lengths and tags need. */
function readVarint(bytes: Uint8Array, cursor: Cursor): number | undefined {
  let value = 0;
  let factor = 1;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[cursor.at];
    if (byte === undefined) return undefined;
    cursor.at++;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
    factor *= 128;
  }
  return undefined;
}
