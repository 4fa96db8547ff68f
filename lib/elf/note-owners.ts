import { bytesToText } from "../text/escape.js";
import type { Window } from "./window.js";

/*
 * Texts of note owners. Files that annobin made repeat some twenty owners hundreds of times, other files have one or two
 * that all files have; making a text takes longer than all else about a note. So the last ones are kept.
 */

/** Owners that are kept, each in the place that its hash says. */
const KEPT_OWNERS = 256;

interface Owner {
  readonly bytes: Uint8Array;
  readonly text: string;
}

const kept: (Owner | undefined)[] = /* @__PURE__ */ new Array(KEPT_OWNERS).fill(undefined);

/** The text of an owner at an offset of a window; its bytes are few. */
export function ownerText(f: Window, at: number, length: number): string {
  const slot = hash(f, at, length) & (KEPT_OWNERS - 1);
  const owner = kept[slot];
  if (owner !== undefined && isAt(f, at, length, owner.bytes)) return owner.text;
  const bytes = f.view(at, length).slice();
  const text = f.ascii(at, length) ?? bytesToText(bytes);
  kept[slot] = { bytes, text };
  return text;
}

function hash(f: Window, at: number, length: number): number {
  let value = length;
  let index = 0;
  for (; index + 4 <= length; index += 4) value = Math.imul(value ^ f.word(at + index), 0x9e3779b1);
  for (; index < length; index++) value = Math.imul(value ^ f.u8(at + index), 0x9e3779b1);
  return value >>> 16;
}

function isAt(f: Window, at: number, length: number, bytes: Uint8Array): boolean {
  if (bytes.length !== length) return false;
  for (let index = 0; index < length; index++) if (bytes[index] !== f.u8(at + index)) return false;
  return true;
}
