import { describe, expect, it } from "vitest";
import { textToBytes } from "../../lib/text/escape.js";
import {
  createProcessStart,
  decodeDatagram,
  encodeMessage,
  type Message,
  MessageDecoder,
} from "../../lib/wire/index.js";
import { object, processEnd, processStart } from "./samples.js";

const STAMP = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";

function roundTrip(message: Message, decoder = new MessageDecoder()) {
  const frame = decodeDatagram(encodeMessage(message));
  if (typeof frame === "string") throw new Error(frame);
  return decoder.decode(frame);
}

/** One length-delimited protobuf field. */
function field(number: number, bytes: Uint8Array | string): Buffer {
  const value = Buffer.from(bytes);
  return Buffer.concat([varint(number * 8 + 2), varint(value.length), value]);
}
const numberField = (number: number, value: number) => Buffer.concat([varint(number * 8), varint(value)]);
function varint(value: number): Buffer {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}
const required = Buffer.concat([field(300, "/bin/x"), numberField(301, 7), numberField(302, 1), numberField(303, 1e9)]);
const decodeStart = (...parts: Buffer[]) => new MessageDecoder().decode({ type: 12, payload: Buffer.concat(parts) });

describe("a process start that is created", () => {
  it("needs its program and its pids only, and has a UUID and the current time", () => {
    const before = BigInt(Date.now()) * 1_000_000n;
    const [start, other] = [1, 2].map((pid) =>
      createProcessStart({ pid, parentPid: 1, program: { path: "/bin/true" } }),
    );
    expect(start).toMatchObject({ pid: 1, parentPid: 1, program: { path: "/bin/true", signatures: [] }, objects: [] });
    expect(start?.uuid).toMatch(/^[0-9a-f-]{36}$/);
    expect(start?.uuid).not.toBe(other?.uuid);
    expect(start?.time.nanoseconds).toBeGreaterThanOrEqual(before);
  });

  it("is refused at once without what is required, also to programs without types", () => {
    for (const input of [
      {},
      { pid: 1, parentPid: 1 },
      { pid: 1, program: { path: "/a" } },
      { pid: "1", parentPid: 1 },
      { pid: -1, parentPid: 1, program: { path: "/a" } },
    ]) {
      expect(() => createProcessStart(input as never)).toThrow(
        "a process start requires pid and parentPid, whole numbers of at least 0, and program.path",
      );
    }
    const numbered = { pid: 1, parentPid: 1, program: { path: "/a" }, job: 4711 } as never;
    expect(() => createProcessStart(numbered)).toThrow("the job of a process start is a string");
  });

  it("keeps what it is given", () => {
    const program = { path: "/a", signatures: [STAMP] };
    const objects = [{ path: "/b", soname: "libb.so.1" }];
    const start = createProcessStart({ pid: 7, parentPid: 1, program, objects, job: "4711", placement: { step: "0" } });
    const time = { nanoseconds: start.time.nanoseconds, precision: 1n };
    expect(roundTrip(start)).toEqual({ ...start, time });
    expect(start).toMatchObject({ program, objects, job: "4711", placement: { step: "0", cluster: undefined } });
  });
});

describe("messages", () => {
  it.each<[string, Message]>([
    ["a process start", processStart()],
    [
      "a process start with everything",
      processStart({
        program: object("/a", [STAMP, "11111111-2222-3333-4444-555555555555"], "00ff"),
        objects: [object("/b", [STAMP], "abcdef"), object("/b", [STAMP], "abcdef"), object("")],
        effectiveUid: 0,
        effectiveGid: 0,
        placement: { cluster: "c", step: "0", arrayJob: "7", arrayTask: "1", node: "2", rank: "3", localRank: "4" },
        container: "APPTAINER_NAME=x.sif",
        programFile: { device: 0xfe00n, inode: 2n ** 63n + 5n },
        root: { device: 0xfe00n, inode: 2n, mountId: 27n },
        libraryPath: "/opt/lib::",
        preload: "/opt/libogrt.so",
        omitted: { arguments: 1, environment: 2, objects: 3, modules: 4, signatures: 5 },
        part: { index: 1, totalObjects: 900 },
      }),
    ],
    ["a process end", processEnd(STAMP)],
    [
      "a process end with everything",
      processEnd(STAMP, {
        time: { nanoseconds: 1_800_000_000_123_456_789n, precision: 1n },
        startTime: { nanoseconds: 1_800_000_000_123_456_780n, precision: 1n },
        pid: 7,
        childrenUsage: { userTime: 1n, systemTime: 2n, maxResident: 2n ** 40n },
        objects: [{ ...object("/plugin.so", [STAMP]), soname: "plugin.so.1" }],
        unloadedObjects: 3n,
        omitted: { arguments: 0, environment: 0, objects: 1, modules: 0, signatures: 0 },
        part: { index: 0, totalObjects: 2 },
      }),
    ],
    [
      "a job start",
      { type: "job-start", job: "1[2]", time: { nanoseconds: 1_800_000_000_123_000_000n, precision: 1_000_000n } },
    ],
    [
      "a job start that names its cluster",
      {
        type: "job-start",
        job: "1",
        cluster: "alpha",
        time: { nanoseconds: 1_800_000_000_123_000_000n, precision: 1_000_000n },
      },
    ],
    [
      "a job end",
      { type: "job-end", job: "../x", time: { nanoseconds: 1_800_000_000_123_000_000n, precision: 1_000_000n } },
    ],
  ])("%s comes back as it was sent", (_, message) => {
    expect(roundTrip(message)).toEqual(message);
  });

  it("have signatures in one spelling, as everything is searched by it; other texts stay as they are", () => {
    const [capitals, ...others] = [STAMP.toUpperCase(), "no UUID", `${STAMP.toUpperCase()}0`];
    const message = decodeStart(
      required,
      field(304, capitals ?? ""),
      ...[STAMP.toUpperCase(), ...others].map((text) => field(504, text)),
      field(311, Buffer.concat([field(400, "/l"), field(401, STAMP.toUpperCase())])),
    );
    expect(message).toMatchObject({ program: { signatures: [STAMP, ...others] }, objects: [{ signatures: [STAMP] }] });
  });

  it("an end without a number of unloaded objects does not say that there were none", () => {
    const end = processEnd(STAMP, { unloadedObjects: undefined });
    expect(roundTrip(end)).toMatchObject({ unloadedObjects: undefined });
  });

  it("distinguish seconds, milliseconds and nanoseconds", () => {
    const time = (value: number) => {
      const fields = [field(300, "/x"), numberField(301, 1), numberField(302, 1), numberField(303, value)];
      const message = decodeStart(...fields);
      return typeof message !== "string" && message.type === "process-start" ? message.time : message;
    };
    expect(time(1_795_315_661)).toEqual({ nanoseconds: 1_795_315_661_000_000_000n, precision: 1_000_000_000n });
    expect(time(1_795_315_661_123)).toEqual({ nanoseconds: 1_795_315_661_123_000_000n, precision: 1_000_000n });
    expect(time(0)).toBe("malformed-payload");
    expect(time(Number.MAX_SAFE_INTEGER)).toBe("malformed-payload");
    const exact = roundTrip(processStart({ time: { nanoseconds: 1_795_315_661_123_456_789n, precision: 1n } }));
    expect(exact).toMatchObject({ time: { nanoseconds: 1_795_315_661_123_456_789n, precision: 1n } });
  });

  it("keep invalid UTF-8, backslashes and NULs reversibly", () => {
    const path = Buffer.from("2f746d702fff5c785c00c3a9", "hex");
    const message = decodeStart(required, field(311, field(400, path)), field(310, Buffer.from([0xfe])));
    if (typeof message === "string" || message.type !== "process-start") throw new Error(String(message));
    expect(message.objects[0]?.path).toBe("/tmp/\\xff\\\\x\\\\\\x00é");
    expect(Buffer.from(textToBytes(message.objects[0]?.path ?? ""))).toEqual(path);
    expect(message.arguments).toEqual(["\\xfe"]);
    expect(roundTrip(message)).toEqual(message);
  });

  it("skip unknown fields", () => {
    const message = decodeStart(field(900, "new"), required, numberField(901, 5), field(311, field(400, "/l")));
    expect(message).toMatchObject({ program: { path: "/bin/x" }, objects: [{ path: "/l" }] });
  });

  it("share equal lists and objects instead of decoding them again", () => {
    const decoder = new MessageDecoder();
    const [a, b, c] = [
      processStart(),
      processStart(),
      processStart({ objects: [...processStart().objects, object("/new")] }),
    ].map((message) => roundTrip(message, decoder));
    for (const message of [a, b, c]) if (typeof message === "string") throw new Error(message);
    if (a === undefined || b === undefined || c === undefined) throw new Error("nothing came");
    if (typeof a === "string" || typeof b === "string" || typeof c === "string") throw new Error("refused");
    if (a.type !== "process-start" || b.type !== "process-start" || c.type !== "process-start") throw new Error("type");
    expect(b.objects).toBe(a.objects);
    expect(b.modules).toBe(a.modules);
    expect(b.program).toBe(a.program);
    expect(c.objects).not.toBe(a.objects);
    expect(c.objects[0]).toBe(a.objects[0]);
  });

  it("have list elements scattered among other fields", () => {
    const [one, two] = [field(311, field(400, "/one")), field(311, field(400, "/two"))];
    const message = decodeStart(one, required, field(312, field(700, "m/1")), two, field(312, field(700, "m/2")));
    expect(message).toMatchObject({ objects: [{ path: "/one" }, { path: "/two" }], modules: ["m/1", "m/2"] });
  });

  it.each([
    ["no required field", decodeStart(field(300, "/bin/x")), "malformed-payload"],
    ["an empty path", decodeStart(required, field(300, "")), "malformed-payload"],
    ["a UUID of 15 bytes", decodeStart(required, field(299, new Uint8Array(15))), "malformed-payload"],
    [
      "an element that is longer than the message",
      decodeStart(required, Buffer.from("ba13ff7f", "hex")),
      "malformed-payload",
    ],
    ["a shared object without a path", decodeStart(required, field(311, field(401, STAMP))), "malformed-payload"],
    ["a shared object that is no message", decodeStart(required, field(311, "\xff\xff")), "malformed-payload"],
    ["a list element of the wrong kind", decodeStart(required, numberField(311, 5)), "malformed-payload"],
    ["an endless number", decodeStart(required, Buffer.alloc(20, 0xff)), "malformed-payload"],
    ["field number 0", decodeStart(required, Buffer.from([2, 0])), "malformed-payload"],
    [
      "100,000 modules",
      decodeStart(required, ...Array<Buffer>(100_000).fill(field(312, field(700, "")))),
      "too-many-elements",
    ],
    ["an unknown type", new MessageDecoder().decode({ type: 13, payload: required }), "unknown-type"],
    [
      "a job without a name",
      new MessageDecoder().decode({ type: 10, payload: Buffer.concat([field(100, ""), numberField(101, 5)]) }),
      "malformed-payload",
    ],
    ["an end without a UUID", new MessageDecoder().decode({ type: 16, payload: Buffer.alloc(0) }), "malformed-payload"],
  ])("with %s are refused", (_, result, reason) => {
    expect(result).toBe(reason);
  });

  it("survive any single damaged byte and any truncation", () => {
    const decoder = new MessageDecoder();
    const whole = encodeMessage(processStart({ objects: [object("/b", [STAMP], "abcdef")] }));
    for (let at = 0; at < whole.length; at++) {
      for (const bit of [1, 0x80]) {
        const damaged = Uint8Array.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ bit;
        const frame = decodeDatagram(damaged);
        if (typeof frame !== "string") decoder.decode(frame);
      }
      expect(decodeDatagram(whole.subarray(0, at))).toBe("truncated");
      const cut = decoder.decode({ type: 12, payload: whole.subarray(8, at) });
      expect(typeof cut === "string" || cut.type).toBeTruthy();
    }
    const random = Buffer.alloc(400);
    for (let round = 0; round < 2000; round++) {
      for (let i = 0; i < random.length; i++) random[i] = Math.floor(Math.random() * 256);
      decoder.decode({ type: [10, 11, 12, 16][round % 4] ?? 0, payload: random });
    }
  });
});
