import { expect, it } from "vitest";
import { Fields } from "../../lib/elf/fields.js";
import { bytesToText } from "../../lib/text/escape.js";

it("ASCII is decoded as by bytesToText", () => {
  const bytes = Uint8Array.from({ length: 128 }, (_, byte) => byte);
  const fields = new Fields(bytes, true);
  expect(fields.ascii(0, 128)).toBe(bytesToText(bytes));
  expect(fields.ascii(0x5a, 5)).toBe("Z[\\\\]^");
  expect(new Fields(Uint8Array.of(0x61, 0x80), true).ascii(0, 2)).toBeUndefined();
});
