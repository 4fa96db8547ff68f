import protobuf from "protobufjs/minimal.js";
import { describe, expect, it } from "vitest";
import { Fields } from "../../lib/wire/fields.js";
import { ogrt } from "../../lib/wire/generated/ogrt.js";
import { MessageDecoder } from "../../lib/wire/index.js";
import { END, END_LAYOUT, START, START_LAYOUT } from "../../lib/wire/layouts.js";

const { Reader, Writer } = protobuf;
const tag = (field: number, wireType: number) => (field << 3) | wireType;
const VARINTS = [
  0n,
  1n,
  127n,
  128n,
  2n ** 28n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 35n,
  2n ** 63n - 1n,
  2n ** 64n - 1n,
];

/** A number as protobuf writes it. */
function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
}

const bytesOf = (field: number, value: string | Uint8Array) => [
  ...varint(BigInt(tag(field, 2))),
  ...varint(BigInt(Buffer.from(value as string).length)),
  ...Buffer.from(value as string),
];
const integerOf = (field: number, value: bigint) => [...varint(BigInt(tag(field, 0))), ...varint(value)];
/** A SharedObject with nothing but its path. */
const objectAt = (path: string) => Uint8Array.from(bytesOf(400, path));
const REQUIRED = [bytesOf(START.program, "/bin/a"), integerOf(START.pid, 1n), integerOf(START.parentPid, 1n)].flat();
const long = (value: unknown) => {
  const { low, high } = value as { low: number; high: number };
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
};

describe("fields", () => {
  it("have the numbers and kinds of the protocol", () => {
    // The generated decoder sets aside what it does not know, and known fields of another kind.
    const isKnown = (decode: (reader: protobuf.Reader) => object, bytes: number[]) => {
      const reader = Object.assign(Reader.create(Uint8Array.from(bytes)), { discardUnknown: false });
      return !("$unknowns" in decode(reader));
    };
    const head = { start: [...REQUIRED, ...integerOf(START.time, 1n)], end: bytesOf(END.uuid, "0123456789abcdef") };
    for (const [numbers, layout, decode, required] of [
      [START, START_LAYOUT, ogrt.ProcessStart.decode, head.start],
      [END, END_LAYOUT, ogrt.ProcessEnd.decode, head.end],
    ] as const) {
      const { integers, bytes, lists, objects, modules } = layout;
      expect([...integers, ...bytes, ...lists, objects, modules].filter(Boolean).sort()).toEqual(
        Object.values(numbers).sort(),
      );
      for (const field of integers)
        expect(isKnown(decode, [...required, ...integerOf(field, 5n)]), `${field}`).toBe(true);
      for (const field of [...bytes, ...lists]) {
        expect(isKnown(decode, [...required, ...bytesOf(field, "")]), `${field}`).toBe(true);
      }
      expect(isKnown(decode, [...required, ...integerOf(lists[0] ?? bytes[0] ?? 0, 5n)])).toBe(false);
      const element = objectAt("/a");
      expect(isKnown(decode, [...required, ...bytesOf(objects, element)])).toBe(true);
    }
  });

  it.each(VARINTS)("hold the integer %s as another implementation reads it", (value) => {
    const fields = new Fields(START_LAYOUT);
    const payload = Uint8Array.from([
      ...REQUIRED,
      ...integerOf(START.uid, value),
      ...integerOf(START.exactTime, value),
    ]);
    expect(fields.read(payload)).toBeUndefined();
    const reader = () => Reader.create(Uint8Array.from(varint(value)));
    expect(fields.uint32(START.uid)).toBe(reader().uint32());
    expect(fields.int32(START.uid)).toBe(reader().int32());
    expect(fields.uint64(START.exactTime)).toBe(long(reader().uint64()));
    expect(BigInt.asUintN(64, fields.int64(START.exactTime))).toBe(long(reader().int64()));
  });

  it("of several occurrences are the last, and those of another wire type are none", () => {
    const payload = Uint8Array.from([
      ...REQUIRED,
      ...integerOf(START.time, 1_790_000_000_000n),
      ...bytesOf(START.job, "first"),
      ...bytesOf(START.job, "second"),
      ...integerOf(START.host, 5n),
      ...bytesOf(START.uid, "5"),
      ...bytesOf(START.arguments, "a"),
      ...integerOf(START.arguments, 5n),
      ...bytesOf(START.user, "alice"),
      ...bytesOf(START.arguments, ""),
    ]);
    const other = ogrt.ProcessStart.decode(payload);
    const message = new MessageDecoder().decode({ type: 12, payload });
    if (typeof message === "string" || message.type !== "process-start") throw new Error(JSON.stringify(message));
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
    expect(message.job).toBe(text(other.job_id));
    expect(message.user).toBe(text(other.username));
    expect(message.arguments).toEqual(other.arguments.map(text));
    expect([message.host, message.uid]).toEqual([undefined, undefined]);
    expect([other.hostname.length, other.uid]).toEqual([0, 0]);
  });

  it("of lists that other fields interrupt are found whole", () => {
    const object = (path: string) => bytesOf(START.objects, objectAt(path));
    const payload = Uint8Array.from([
      ...object("/1"),
      ...object("/2"),
      ...REQUIRED,
      ...object("/3"),
      ...integerOf(START.time, 1_790_000_000_000n),
      ...object("/4"),
      ...object("/5"),
    ]);
    const message = new MessageDecoder().decode({ type: 12, payload });
    expect(message).toMatchObject({ objects: ["/1", "/2", "/3", "/4", "/5"].map((path) => ({ path })) });
  });

  it("of bytes that were cut anywhere are refused or are those before the cut, as by another implementation", () => {
    const writer = Writer.create();
    for (const [field, text] of [
      [START.program, "/bin/a"],
      [START.job, "j".repeat(200)],
      [START.host, "h"],
    ] as const) {
      writer.uint32(tag(field, 2)).bytes(Buffer.from(text));
    }
    writer.uint32(tag(START.exactTime, 0)).uint64(1_790_000_000);
    writer.uint32(tag(START.rootInode, 5)).fixed32(1).uint32(tag(START.rootDevice, 1)).fixed64(1);
    const whole = writer.finish();
    const fields = new Fields(START_LAYOUT);
    for (let length = 0; length <= whole.length; length++) {
      const payload = whole.subarray(0, length);
      let isWhole = true;
      try {
        ogrt.ProcessStart.decode(payload);
      } catch (error) {
        isWhole = /missing required/.test((error as Error).message);
      }
      expect(fields.read(payload) === undefined, `${length} bytes`).toBe(isWhole);
    }
  });
});
