import { GNU_OWNER, NOTE_HEADER_SIZE, NT_GNU_PROPERTY_TYPE_0 } from "../elf/constants.js";
import { OGRT_DESCRIPTOR_SIZE, OGRT_NOTE_TYPE, OGRT_OWNER, OGRT_VERSION } from "../signature/index.js";
import type { FeatureProperty, Target } from "./targets.js";

export const align = (size: number, alignment: number): number => Math.ceil(size / alignment) * alignment;

/** The bytes of a note: header, owner and descriptor, each padded to 4 bytes (gABI, "Note Section"). */
export function encodeNote(
  owner: string,
  type: number,
  descriptor: Uint8Array,
  byteOrder: Target["byteOrder"],
): Uint8Array {
  const name = new TextEncoder().encode(`${owner}\0`);
  const nameSpace = align(name.length, 4);
  const bytes = new Uint8Array(NOTE_HEADER_SIZE + nameSpace + align(descriptor.length, 4));
  writeWords(bytes, 0, byteOrder, name.length, descriptor.length, type);
  bytes.set(name, NOTE_HEADER_SIZE);
  bytes.set(descriptor, NOTE_HEADER_SIZE + nameSpace);
  return bytes;
}

/** The OGRT note of a UUID. */
export function encodeSignature(uuid: string, byteOrder: Target["byteOrder"]): Uint8Array {
  const descriptor = new Uint8Array(OGRT_DESCRIPTOR_SIZE);
  descriptor[0] = OGRT_VERSION;
  descriptor.set(new TextEncoder().encode(uuid), 1);
  return encodeNote(OGRT_OWNER, OGRT_NOTE_TYPE, descriptor, byteOrder);
}

/** The property note of one feature word; its element is padded to the word size of the class. */
export function encodeProperty({ type, bits }: FeatureProperty, target: Target): Uint8Array {
  const descriptor = new Uint8Array(align(12, target.bits / 8));
  writeWords(descriptor, 0, target.byteOrder, type, 4, bits);
  return encodeNote(GNU_OWNER, NT_GNU_PROPERTY_TYPE_0, descriptor, target.byteOrder);
}

/** Consecutive 4-byte words at an offset. */
function writeWords(bytes: Uint8Array, offset: number, byteOrder: Target["byteOrder"], ...words: number[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [index, word] of words.entries()) view.setUint32(offset + 4 * index, word, byteOrder === "little");
}
