/**
 * Paths, arguments and environment variables of Linux are bytes without an encoding. This module converts them to text
 * and back without loss: valid UTF-8 stays, a backslash becomes `\\`, and a byte that is NUL or not part of valid UTF-8
 * becomes `\xHH`. JSON and the store hold this text. Text for people escapes more of it, also without loss.
 */

const BACKSLASH = 0x5c;
const LOWER_X = 0x78;
const HEX_DIGITS = "0123456789abcdef";
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/** Length of the valid UTF-8 sequence at `at`, or 0 when the bytes there are not valid UTF-8 (RFC 3629 section 4). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const second = bytes[at + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** Bytes to reversible text; {@link textToBytes} is the inverse. */
export function bytesToText(bytes: Uint8Array): string {
  if (bytes.indexOf(BACKSLASH) === -1 && bytes.indexOf(0) === -1) {
    // Invalid bytes become U+FFFD. An error for them would take fifty times as long, and anybody can send them.
    const text = decoder.decode(bytes);
    if (!text.includes("\ufffd")) return text;
  }
  // An escape has at most 4 bytes. Decoding all at once keeps the cost linear for hostile bytes too.
  const escaped = new Uint8Array(bytes.length * 4);
  let end = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = byte === 0 ? 0 : sequenceLength(bytes, at);
    if (length > 0) {
      if (byte === BACKSLASH) escaped[end++] = BACKSLASH;
      for (let i = 0; i < length; i++) escaped[end++] = bytes[at + i] ?? 0;
    } else {
      escaped[end++] = BACKSLASH;
      escaped[end++] = LOWER_X;
      escaped[end++] = HEX_DIGITS.charCodeAt(byte >> 4);
      escaped[end++] = HEX_DIGITS.charCodeAt(byte & 15);
    }
    at += Math.max(length, 1);
  }
  return decoder.decode(escaped.subarray(0, end));
}

const ESCAPE = /(\\\\|\\x[0-9a-f]{2}|\\u\{(?:(?:10)?[0-9a-f]{1,4}|[0-9a-f]{5})\})/;

function unescaped(piece: string): Uint8Array {
  if (piece === "\\\\") return Uint8Array.of(BACKSLASH);
  if (piece.startsWith("\\x")) return Uint8Array.of(Number.parseInt(piece.slice(2), 16));
  return encoder.encode(String.fromCodePoint(Number.parseInt(piece.slice(3), 16)));
}

/**
 * Reversible text, also as {@link printable} shows it, to the original bytes. Keeps a stray backslash, which
 * {@link bytesToText} never writes.
 */
export function textToBytes(text: string): Uint8Array {
  if (!text.includes("\\")) return encoder.encode(text);
  // Text and escapes take turns.
  const parts = text.split(ESCAPE).map((piece, index) => (index % 2 === 0 ? encoder.encode(piece) : unescaped(piece)));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Characters that a person does not see, or that change what a person sees: controls, formatting and bidirectional
 * characters, everything that fonts ignore (tags, variation selectors, fillers), spaces other than U+0020, surrogates,
 * private and unassigned characters. Letters, marks, digits, punctuation and symbols stay, as for Go's strconv.IsPrint;
 * the braille blank is the one symbol without ink.
 */
const UNPRINTABLE = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Text for people: shows unprintable characters as `\xHH` or `\u{HHHH}`. {@link textToBytes} reads these escapes. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x80 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}

/** The JSON text of a value, with unprintable characters in JSON's own escapes. Parsers see the same value. */
export const printableJson = (value: unknown, indent?: number): string =>
  escapeJson(JSON.stringify(value, undefined, indent));

/** JSON text with unprintable characters in JSON's own escapes. Line feeds stay: inside of texts they are escaped already. */
export function escapeJson(json: string): string {
  return json.replace(UNPRINTABLE, (character) => (character === "\n" ? character : utf16Escapes(character)));
}

const utf16Escapes = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${hex4(character.charCodeAt(at))}`).join("");

const hex4 = (unit: number): string => unit.toString(16).padStart(4, "0");
