import { bytesToText } from "../text/escape.js";

const BACKSLASH = 0x5c;
/** Longer names are faster to decode with a TextDecoder than character by character. */
const MAX_SHORT_BYTES = 128;

/** `bytesToText`, faster for short ASCII names, which most names in ELF files are. */
export function nameText(bytes: Uint8Array): string {
  if (bytes.length > MAX_SHORT_BYTES) return bytesToText(bytes);
  let text = "";
  for (const byte of bytes) {
    if (byte >= 0x80 || byte === 0 || byte === BACKSLASH) return bytesToText(bytes);
    text += String.fromCharCode(byte);
  }
  return text;
}

const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes as text, one character per byte; undefined when they are not plain ASCII. */
export function asciiText(bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes);
    return text.length === bytes.length && !text.includes("\\") ? text : undefined;
  } catch {
    return undefined;
  }
}
