import { describe, expect, it, vi } from "vitest";
import { bytesToText, printable, printableJson, textToBytes } from "../../lib/text/escape.js";

describe("bytes as reversible text", () => {
  it.each([
    ["plain ASCII", Buffer.from("/usr/bin/ls"), "/usr/bin/ls"],
    ["UTF-8", Buffer.from("/home/jürgen/漢字/😀"), "/home/jürgen/漢字/😀"],
    ["a lone continuation byte", Buffer.from([0x61, 0x80, 0x62]), "a\\x80b"],
    ["Latin-1", Buffer.from("größe", "latin1"), "gr\\xf6\\xdfe"],
    ["a backslash", Buffer.from("a\\x80"), "a\\\\x80"],
    ["NUL", Buffer.from("a\0b"), "a\\x00b"],
    ["an overlong encoding", Buffer.from([0xc0, 0xaf]), "\\xc0\\xaf"],
    ["a surrogate half", Buffer.from([0xed, 0xa0, 0x80]), "\\xed\\xa0\\x80"],
    ["a truncated sequence", Buffer.from([0xf0, 0x9f, 0x98]), "\\xf0\\x9f\\x98"],
    ["a byte order mark", Buffer.from([0xef, 0xbb, 0xbf, 0x61]), "\ufeffa"],
    ["a replacement character", Buffer.from("a\ufffdb"), "a\ufffdb"],
    ["a replacement character beside a stray byte", Buffer.from([0xef, 0xbf, 0xbd, 0xff]), "\ufffd\\xff"],
    ["nothing", Buffer.alloc(0), ""],
  ])("%s", (_, bytes, text) => {
    expect(bytesToText(bytes)).toBe(text);
    expect(Buffer.from(textToBytes(text)).equals(bytes)).toBe(true);
  });

  it("are decoded without errors, which take fifty times as long", () => {
    const decode = vi.spyOn(TextDecoder.prototype, "decode");
    for (let byte = 0; byte < 256; byte++) bytesToText(Uint8Array.of(0x2f, byte));
    expect(decode.mock.results.filter(({ type }) => type === "throw")).toEqual([]);
    decode.mockRestore();
  });

  it("restores any bytes", () => {
    let state = 12345;
    for (let round = 0; round < 2000; round++) {
      const bytes = Uint8Array.from({ length: round % 40 }, () => {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0;
        return (state >>> 16) & (round % 2 === 0 ? 0xff : 0x7f);
      });
      expect(textToBytes(bytesToText(bytes))).toEqual(bytes);
    }
  });
});

describe("text for people", () => {
  it("escapes what could control the terminal or reorder the line", () => {
    expect(printable("a\u001b[31mb\nc\u009b\u202ed")).toBe("a\\x1b[31mb\\x0ac\\u{9b}\\u{202e}d");
  });

  it("keeps other text", () => {
    expect(printable("größe 漢字 \\x80 😀 e\u0301 عربى")).toBe("größe 漢字 \\x80 😀 e\u0301 عربى");
  });

  // Ranges of Unicode's own data files: PropList.txt (Bidi_Control, White_Space), DerivedCoreProperties.txt.
  it.each([
    ["bidirectional", [0x61c, 0x200e, 0x200f, 0x202a, 0x202e, 0x2066, 0x2069]],
    [
      "invisible",
      [0xad, 0x34f, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x200b, 0x200d, 0x2060, 0x2064, 0x206a, 0xfeff],
    ],
    ["a filler", [0x3164, 0xffa0, 0x1bca0, 0x1d173, 0x2800]],
    ["a variation selector", [0xfe00, 0xfe0f, 0xe0100, 0xe01ef]],
    ["a tag", [0xe0001, 0xe0020, 0xe007f, 0xe0fff]],
    ["a separator", [0x85, 0xa0, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]],
    ["no character", [0xd800, 0xdfff, 0xe000, 0xfdd0, 0xffff, 0x10ffff]],
  ])("escapes %s", (_, codes) => {
    for (const code of codes) {
      const text = `a${String.fromCodePoint(code)}b`;
      expect(printable(text)).toBe(`a\\u{${code.toString(16)}}b`);
      expect(printableJson(text)).toMatch(/^"a(\\u[0-9a-f]{4}){1,2}b"$/);
      expect(JSON.parse(printableJson(text))).toBe(text);
    }
  });

  it("can be turned back into the bytes that were reported", () => {
    const bytes = Buffer.from("a\u001b\u200b\\u{41}\u{e0041}\u{10fffd}\0\\x41", "utf8");
    const text = printable(bytesToText(bytes));
    expect(text).toBe("a\\x1b\\u{200b}\\\\u{41}\\u{e0041}\\u{10fffd}\\x00\\\\x41");
    expect(Buffer.from(textToBytes(text)).equals(bytes)).toBe(true);
    expect(textToBytes("\\u{110000}\\u{}")).toEqual(new TextEncoder().encode("\\u{110000}\\u{}"));
  });

  it("keeps the line breaks of indented JSON", () => {
    expect(printableJson({ a: "\n\u200b" }, 1)).toBe('{\n "a": "\\n\\u200b"\n}');
  });
});
