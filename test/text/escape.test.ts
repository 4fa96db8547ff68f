import { describe, expect, it } from "vitest";
import { bytesToText, printable, textToBytes } from "../../lib/text/escape.js";

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
    ["nothing", Buffer.alloc(0), ""],
  ])("%s", (_, bytes, text) => {
    expect(bytesToText(bytes)).toBe(text);
    expect(Buffer.from(textToBytes(text)).equals(bytes)).toBe(true);
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

describe("text for a terminal", () => {
  it("escapes what could control the terminal or reorder the line", () => {
    expect(printable("a\u001b[31mb\nc\u009b\u202ed")).toBe("a\\x1b[31mb\\x0ac\\u{9b}\\u{202e}d");
  });

  it("keeps other text", () => {
    expect(printable("größe 漢字 \\x80")).toBe("größe 漢字 \\x80");
  });
});
