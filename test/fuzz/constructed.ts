import { deflateSync } from "node:zlib";
import { type BuiltRange, builtElf, builtNote, builtStamp } from "../support/built-elf.js";

/**
 * Files that a mutation hardly makes: few bytes that many headers refer to. Each name says what repeats; the size grows with
 * `count`. Work that is bounded for each item only is not bounded for these.
 */
export const CONSTRUCTED = {
  "empty note sections, and segments that none of them covers": (count) =>
    builtElf({
      body: Buffer.alloc(64),
      sections: times(count, () => ({ type: NOTE, at: 40 })),
      segments: times(count, () => ({ type: PT_NOTE, size: 12 })),
    }),

  "note sections over one list that no padding reads": (count) => {
    const body = Buffer.concat([
      note("ABC", 4),
      Buffer.alloc(4, 0xff),
      repeated(note("ABC"), count),
      Buffer.alloc(16, 0xff),
    ]);
    return builtElf({ body, sections: times(count, () => ({ type: NOTE, size: body.length })) });
  },

  "note sections that begin at each note of one list": (count) => {
    const body = repeated(note("ABC"), count);
    return builtElf({ body, sections: times(count, (i) => ({ type: NOTE, at: 16 * i, size: body.length - 16 * i })) });
  },

  "note sections nested in descriptors": (count) => {
    const body = Buffer.alloc(16 * count);
    for (let i = 0; i < count; i++) {
      body.writeUInt32LE(4, 16 * i);
      body.writeUInt32LE(16 * (count - i - 1), 16 * i + 4);
      body.write("GNU\0", 16 * i + 12);
    }
    return builtElf({ body, sections: times(count, (i) => ({ type: NOTE, at: 16 * i, size: body.length - 16 * i })) });
  },

  "segments that consist of the same small sections": (count) => {
    const body = repeated(note("ABC"), count);
    return builtElf({
      body,
      sections: times(count, (i) => ({ type: NOTE, at: 16 * i, size: 16 })),
      segments: times(count, () => ({ type: PT_NOTE, size: body.length })),
    });
  },

  "loaded segments around unread note segments": (count) => {
    const body = note("ABC");
    return builtElf({
      body,
      segments: times(2 * count, (i) => ({ type: i % 2 === 0 ? PT_LOAD : PT_NOTE, size: i % 2 === 0 ? 4 : 16 })),
    });
  },

  "note sections of one long name": (count) =>
    builtElf({
      body: note("ABC"),
      sections: times(count, (i) => ({ type: NOTE, size: 16, name: 1 + (i % 7) })),
      names: Buffer.from(`\0${"n".repeat(5000)}\0`),
    }),

  "sections whose names are far apart": (count) =>
    builtElf({
      body: Buffer.alloc(1),
      type: 1,
      sections: times(count, (i) => ({ type: PROGBITS, flags: i % 4 < 2 ? 2 : 0, name: ((i * 7919) % 61) * 16_000 })),
      names: Buffer.alloc(1_000_000, "x"),
    }),

  "sections of every reader's interest": (count) =>
    builtElf({
      body: note("GNU"),
      type: 1,
      sections: times(count, (i) => ({ type: i % 3 === 0 ? NOTE : PROGBITS, flags: i % 2, size: 16, name: 1 })),
      names: Buffer.from("\0.comment\0"),
    }),

  "segments of every reader's interest": (count) =>
    builtElf({
      body: note("GNU"),
      type: 3,
      segments: times(count, (i) => ({ type: [1, 4, 0x6474e551, 6][i % 4] ?? 1, size: 16 })),
    }),

  "compressed comments over each other": (count) => {
    const size = 4 << 20;
    const header = Buffer.alloc(24);
    header.writeUInt32LE(1, 0);
    header.writeBigUInt64LE(BigInt(size), 8);
    const body = Buffer.concat([header, deflateSync(Buffer.alloc(size, "a"))]);
    return commented(
      body,
      times(count, () => ({ type: PROGBITS, flags: 0x800, size: body.length, name: 1 })),
    );
  },

  "comments over each other": (count) => {
    const body = Buffer.alloc(1000 * count, "a");
    return commented(
      body,
      times(count, (i) => ({ type: PROGBITS, at: i, size: body.length - i, name: 1 })),
    );
  },

  "comments of one byte a line": (count) => {
    const body = Buffer.from("a\0".repeat(20 * count));
    return commented(
      body,
      times(count, (i) => ({ type: PROGBITS, at: i, size: body.length - i, name: 1 })),
    );
  },

  "needed libraries of one long name": (count) => dynamic(count, Buffer.from(`${"l".repeat(4000)}\0`)),

  "needed libraries with a name that is no text": (count) => dynamic(count, Buffer.alloc(4001, 0xe2).fill(0, 4000)),

  "entries without an end": (count) => dynamic(count, Buffer.alloc(1), 21n),

  "archive members of one long name": (count) =>
    archive(count, `${"m".repeat(4000)}.o/\n`, () => ["/0", Buffer.alloc(0)]),

  "archive members that are small ELF files": (count) => {
    const file = builtElf({ body: builtStamp(UUID), sections: [{ type: NOTE, size: 60, flags: 2 }], type: 1 });
    return archive(count, "", () => ["a.o/", file]);
  },

  "archive members that begin as ELF files": (count) => archive(count, "", () => ["a.o/", Buffer.from("\x7fELF????")]),

  "archive members with BSD names": (count) => archive(count, "", () => ["#1/4000", Buffer.alloc(4000, "b")]),

  stamps: (count) => notes(repeated(builtStamp(UUID), count)),

  "stamps without a UUID": (count) => notes(repeated(builtNote("OGRT", 0x4f475254, Buffer.alloc(38, 1)), count)),

  "stamps of a wrong size": (count) => notes(repeated(builtNote("OGRT", 0x4f475254, Buffer.alloc(0)), count)),

  "note sections that claim to be compressed": (count) =>
    builtElf({ body: Buffer.alloc(64), sections: times(count, () => ({ type: NOTE, flags: 0x800, size: 64 })) }),

  "archive members that are archives": (count) => archive(count, "", () => ["a.a/", Buffer.from("!<arch>\n")]),

  "lists of one malformed note each": (count) =>
    builtElf({
      body: Buffer.alloc(32, 0xff),
      sections: times(count, () => ({ type: NOTE, size: 32 })),
      segments: times(count, () => ({ type: PT_NOTE, size: 32 })),
    }),

  "owners that are no text": (count) =>
    notes(Buffer.concat(times(count, (i) => ownedBy(Buffer.alloc(255, 0xe2 + (i % 2)).fill("o", 0, 1))))),

  "owners that differ": (count) => notes(Buffer.concat(times(count, (i) => note(`owner-${i}`)))),

  "build-ids over each other": (count) => overlapping(count, (size) => builtNote("GNU", 3, Buffer.alloc(size, 7))),

  "XALT notes of empty strings": (count) =>
    overlapping(count, (size) => builtNote("XALT", 0x746c6158, Buffer.alloc(size))),

  "package notes with a deep value": (count) =>
    overlapping(count, (size) =>
      builtNote("FDO", 0xcafe1a7e, Buffer.from(`{"a":${"[".repeat(size)}${"]".repeat(size)}}\0`)),
    ),

  "package notes with many values": (count) =>
    overlapping(count, (size) => builtNote("FDO", 0xcafe1a7e, Buffer.from(`{"a":[${"{},".repeat(size / 3)}{}]}\0`))),

  "GNU properties without data": (count) =>
    overlapping(count, (size) => builtNote("GNU", 5, Buffer.alloc(size & ~7), 8), 8),
} as const satisfies Record<string, (count: number) => Buffer>;

const UUID = "11111111-1111-4111-8111-111111111111";
const PROGBITS = 1;
const NOTE = 7;
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_NOTE = 4;

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const repeated = (bytes: Uint8Array, count: number): Buffer => Buffer.concat(times(count, () => bytes));
const note = (owner: string, size = 0): Buffer => builtNote(owner, 1, Buffer.alloc(size));
const notes = (body: Buffer): Buffer => builtElf({ body, sections: [{ type: NOTE, size: body.length }] });
const commented = (body: Buffer, sections: BuiltRange[]): Buffer =>
  builtElf({ body, sections, names: Buffer.from("\0.comment\0") });

function ownedBy(owner: Buffer): Buffer {
  const bytes = builtNote("x".repeat(owner.length), 1, Buffer.alloc(0));
  bytes.set(owner, 12);
  return bytes;
}

/** Sections over one note with a large descriptor: it is read once for each. */
function overlapping(count: number, make: (size: number) => Buffer, alignment = 4): Buffer {
  const body = make(1000 + 30 * count);
  // A byte more or less makes each list another one.
  const sections = times(count, (i) => ({ type: NOTE, size: body.length + (i % 3), alignment }));
  return builtElf({ body: Buffer.concat([body, Buffer.alloc(8)]), sections });
}

function dynamic(count: number, strings: Buffer, tag = 1n): Buffer {
  const body = Buffer.alloc(32 + 16 * count + strings.length);
  const table = 32 + 16 * count;
  const start = 64 + 3 * 56;
  const entries: [bigint, bigint][] = [
    [5n, BigInt(start + table)],
    [10n, BigInt(strings.length)],
    ...times(count, (): [bigint, bigint] => [tag, 0n]),
  ];
  entries.forEach((entry, index) => {
    body.writeBigUInt64LE(entry[0], 16 * index);
    body.writeBigUInt64LE(entry[1], 16 * index + 8);
  });
  body.set(strings, table);
  const segments = [
    { type: PT_LOAD, size: body.length },
    { type: PT_DYNAMIC, size: table },
    { type: 3, at: table, size: strings.length },
  ];
  return builtElf({ body, segments, type: 3 });
}

function archive(count: number, longNames: string, member: (index: number) => [name: string, content: Buffer]): Buffer {
  const parts: Uint8Array[] = [Buffer.from("!<arch>\n")];
  const add = (name: string, content: Uint8Array) => {
    parts.push(Buffer.from(`${name.padEnd(48)}${String(content.length).padEnd(10)}\`\n`), content);
    if (content.length % 2 === 1) parts.push(Buffer.from("\n"));
  };
  if (longNames !== "") add("//", Buffer.from(longNames));
  for (let index = 0; index < count; index++) add(...member(index));
  return Buffer.concat(parts);
}
