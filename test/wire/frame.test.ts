import { describe, expect, it } from "vitest";
import { decodeDatagram, encodeFrame, FrameReader } from "../../lib/wire/index.js";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("a datagram", () => {
  it("holds one frame: type, length, payload, big-endian", () => {
    expect(encodeFrame(12, hex("aabb"))).toEqual(new Uint8Array(hex("0000000c 00000002 aabb")));
    expect(decodeDatagram(hex("0000000c 00000002 aabb"))).toEqual({ type: 12, payload: hex("aabb") });
    expect(decodeDatagram(hex("00000010 00000000"))).toEqual({ type: 16, payload: hex("") });
  });

  it.each([
    ["nothing at all", "", "truncated"],
    ["half a header", "0000000c 0000", "truncated"],
    ["fewer bytes than announced", "0000000c 00000003 aabb", "truncated"],
    ["more bytes than announced", "0000000c 00000001 aabb", "length-mismatch"],
    ["a forged length of 300000", "0000000c 000493e0 aabb", "truncated"],
    ["a forged length of 0xffffffff", "0000000c ffffffff aabb", "too-large"],
  ])("with %s is refused with a reason", (_, bytes, reason) => {
    expect(decodeDatagram(hex(bytes))).toBe(reason);
  });

  it("accepts a payload up to the limit and not a byte more", () => {
    const frame = encodeFrame(12, new Uint8Array(100));
    expect(decodeDatagram(frame, { maxPayloadBytes: 100 })).toMatchObject({ type: 12 });
    expect(decodeDatagram(frame, { maxPayloadBytes: 99 })).toBe("too-large");
  });
});

describe("a stream", () => {
  const payloads = [hex("01"), hex(""), new Uint8Array(70_000).fill(7), hex("0203")];
  const bytes = Buffer.concat(payloads.map((payload, index) => encodeFrame(index + 10, payload)));

  it.each([1, 2, 3, 7, 8, 9, 65_536, 1_000_000])("is split into the same frames in pieces of %i bytes", (size) => {
    const reader = new FrameReader();
    const frames = [];
    for (let at = 0; at < bytes.length; at += size) {
      // Copies the piece, to detect a reader that keeps a view of the wrong one.
      reader.push(Uint8Array.from(bytes.subarray(at, at + size)));
      for (let frame = reader.next(); frame !== undefined; frame = reader.next()) frames.push(frame);
    }
    expect(reader.buffered).toBe(0);
    expect(frames).toEqual(payloads.map((payload, index) => ({ type: index + 10, payload: new Uint8Array(payload) })));
  });

  it("keeps returned frames intact while later pieces arrive", () => {
    const reader = new FrameReader();
    reader.push(Uint8Array.from(bytes.subarray(0, 9 + 4)));
    const first = reader.next();
    reader.push(Uint8Array.from(bytes.subarray(13, 20)));
    const second = reader.next();
    reader.push(Uint8Array.from(bytes.subarray(20)));
    const third = reader.next();
    expect(first).toEqual({ type: 10, payload: new Uint8Array([1]) });
    expect(second).toEqual({ type: 11, payload: new Uint8Array() });
    expect(third).toEqual({ type: 12, payload: payloads[2] });
  });

  it("ends at a frame above the limit, before allocating for it", () => {
    const reader = new FrameReader();
    reader.push(hex("0000000c 00000000 0000000c ffffffff 00"));
    expect(reader.next()).toEqual({ type: 12, payload: hex("") });
    expect(reader.next()).toBe("too-large");
    reader.push(encodeFrame(12, hex("aa")));
    expect(reader.next()).toBe("too-large");
    expect(reader.buffered).toBe(0);
  });

  it("reports an incomplete last frame", () => {
    const reader = new FrameReader();
    reader.push(hex("0000000c 00000004 aabb"));
    expect(reader.next()).toBeUndefined();
    expect(reader.buffered).toBe(10);
  });
});
