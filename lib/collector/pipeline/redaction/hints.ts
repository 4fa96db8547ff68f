import { isWordCharacter, shapeAt } from "./shapes.js";

/*
 * A cheap first test on the hot path: every text with a secret passes, and few others do. It reads the text once, three
 * characters at a time.
 */

/** Three letters of every name that the rules know, of `://` and of `%3A`. */
const HINTS = `pas pwd psk ecr oke cre key aut pat bea jwt ook otp sid pin alt cen ogi ssi sig hma mun mne cod ert sas tif ebh ct( psw hra ssw
  ://  %3a %22 pep ken`;
const AT = 64;
const LETTER_BITS = 5;
const MASK = (1 << (3 * LETTER_BITS)) - 1;
/** A personal access token, but not a PATH. */
const PAT = hashOf("pat");
const isHint = hintTable();

/** Five bits of a character: the same for upper and lower case. Others share bits, which only costs time. */
function hintTable(): Uint8Array {
  const table = new Uint8Array(MASK + 1);
  for (const hint of HINTS.trim().split(/\s+/)) table[hashOf(hint)] = 1;
  // `pw` and `PW` have two letters.
  for (let before = 0; before < 32; before++) table[(before << 10) | hashOf("pw")] = 1;
  return table;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (hash << LETTER_BITS) | (text.charCodeAt(index) & 31);
  return hash;
}

export function mayHoldSecret(text: string): boolean {
  let hash = 0;
  let wasWord = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    hash = ((hash << LETTER_BITS) | (code & 31)) & MASK;
    if (code === AT) return true;
    if (isHint[hash] === 1 && (hash !== PAT || !isWordCharacter(text.charCodeAt(index + 1)))) return true;
    const isWord = isWordCharacter(code);
    if (isWord && !wasWord && shapeAt(text, index) !== undefined) return true;
    wasWord = isWord;
  }
  return false;
}
