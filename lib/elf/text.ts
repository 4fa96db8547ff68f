import { bytesToText } from "../text/escape.js";

const BACKSLASH = 0x5c;
/** Beyond this length a TextDecoder is faster than adding characters up. */
const SHORT = 128;

/** As `bytesToText`, faster for the short ASCII names that ELF files are full of. */
export function nameText(bytes: Uint8Array): string {
  if (bytes.length > SHORT) return bytesToText(bytes);
  let text = "";
  for (const byte of bytes) {
    if (byte >= 0x80 || byte === 0 || byte === BACKSLASH) return bytesToText(bytes);
    text += String.fromCharCode(byte);
  }
  return text;
}

const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes as text in which every character is one byte, or undefined when they are not plain ASCII. */
export function asciiText(bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes);
    return text.length === bytes.length && !text.includes("\\") ? text : undefined;
  } catch {
    return undefined;
  }
}
