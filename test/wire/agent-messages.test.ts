import { describe, expect, it } from "vitest";
import {
  type AgentMessage,
  type AgentRecord,
  type Attested,
  decodeAgentMessage,
  decodeDatagram,
  encodeAgentMessage,
  encodeMessage,
  FRAME_HEADER_SIZE,
  MAX_AGENT_OBJECTS,
  MESSAGE_TYPE,
  MessageDecoder,
} from "../../lib/wire/index.js";
import { object, processEnd, processStart } from "./samples.js";

const EPOCH = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";

const frameOf = (bytes: Uint8Array) => {
  const frame = decodeDatagram(bytes);
  if (typeof frame === "string") throw new Error(frame);
  return frame;
};
const decoded = (message: AgentMessage) => decodeAgentMessage(frameOf(encodeAgentMessage(message)));
const start = frameOf(encodeMessage(processStart({ uuid: EPOCH })));
const end = frameOf(encodeMessage(processEnd(EPOCH)));
const record = (fields: Partial<AgentRecord> = {}): AgentRecord => ({
  type: "agent-record",
  sequence: 7n,
  objects: undefined,
  message: start,
  observedBy: "kernel",
  attested: undefined,
  ...fields,
});

describe("the messages of an agent", () => {
  it.each<[string, AgentMessage]>([
    [
      "hello",
      {
        type: "agent-hello",
        version: 1,
        node: "node1",
        token: "secret",
        epoch: EPOCH,
        run: EPOCH,
        first: 2n ** 40n,
        agentVersion: "0.1.0",
        kernel: "6.18.44",
        features: ["buildIds", "exitStates"],
      },
    ],
    ["welcome", { type: "agent-welcome", version: 1, refused: undefined }],
    ["refusal", { type: "agent-welcome", version: 1, refused: "unknown token" }],
    ["objects", { type: "agent-objects", number: 4095, startFields: new Uint8Array([1, 2, 3]) }],
    ["acknowledgement", { type: "agent-acknowledgement", sequence: 2n ** 53n - 1n }],
    [
      "heartbeat",
      {
        type: "agent-heartbeat",
        runningSeconds: 10n,
        records: 12n,
        spooledRecords: 3n,
        spooledBytes: 4096n,
        lost: { spool: 5n, perfRecords: 0n },
      },
    ],
  ])("survive encoding and decoding: %s", (_, message) => {
    expect(decoded(message)).toEqual(message);
  });

  it("carry starts and ends, with what the kernel told beside them", () => {
    const attested: Attested = {
      uid: 0,
      gid: 1000,
      pid: 42,
      pidNamespace: 4_026_531_836n,
      innerPid: 1,
      cgroup: "/slurm/job_1/\\xff",
      existed: true,
    };
    expect(decoded(record({ objects: 3, attested }))).toEqual(record({ objects: 3, attested }));
    const ended: Attested = {
      endedBy: "exit",
      exitSignal: 11,
      coreDumped: true,
      usage: {
        userTime: 1n,
        systemTime: 2n,
        maxResident: 3n,
        readBytes: 4n,
        writtenBytes: 2n ** 62n,
        threads: 5,
        isLowerBound: false,
      },
      forks: { ended: 6n, killed: 1n, failed: 2n, userTime: 7n, systemTime: 8n },
    };
    expect(decoded(record({ message: end, attested: ended }))).toEqual(record({ message: end, attested: ended }));
  });

  it("give a start its objects by joining their fields", () => {
    const objects = [object("/lib/libc.so.6", [], "00ff"), { ...object("/lib/x.so"), stampsUnknown: true }];
    const whole = processStart({ uuid: EPOCH, objects });
    const { payload: own } = frameOf(encodeMessage({ ...whole, objects: [] }));
    const { payload: shared } = frameOf(encodeMessage({ ...whole, environment: [], arguments: [], modules: [] }));
    const payload = Buffer.concat([shared, own]);
    expect(new MessageDecoder().decode({ type: MESSAGE_TYPE.processStart, payload })).toEqual(whole);
  });

  it("say of a program that its stamps are unknown", () => {
    const unknown = processStart({ program: { ...object("/bin/x"), stampsUnknown: true } });
    const known = processStart({ program: object("/bin/x") });
    const decoder = new MessageDecoder();
    for (const message of [unknown, known, unknown]) {
      expect(decoder.decode(frameOf(encodeMessage(message)))).toEqual(message);
    }
  });
});

describe("hostile messages of an agent", () => {
  const bytes = (number: number, value: number[]) => [number * 8 + 2, value.length, ...value];
  const decode = (type: number, ...payload: number[]) =>
    decodeAgentMessage({ type, payload: Uint8Array.from(payload) });

  it.each<[string, string, number, number[]]>([
    ["an unknown type", "unknown-type", 26, []],
    ["a process start without its agent", "unknown-type", 12, [...start.payload]],
    ["nothing", "malformed-payload", 20, []],
    [
      "a hello with a short epoch",
      "malformed-payload",
      20,
      [8, 1, ...bytes(2, [65]), ...bytes(3, []), 34, 1, 7, 40, 1],
    ],
    ["a record of neither start nor end", "malformed-payload", 23, [8, 1, 40, 1]],
    ["a record of both", "malformed-payload", 23, [8, 1, ...bytes(2, []), ...bytes(3, []), 40, 1]],
    ["a record that nobody has observed", "malformed-payload", 23, [8, 1, ...bytes(2, []), 40, 9]],
    ["an end with objects", "malformed-payload", 23, [8, 1, ...bytes(3, []), 32, 1, 40, 1]],
    ["a sequence over 2^53", "malformed-payload", 24, [8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
    ["objects with too high a number", "too-many-elements", 22, [8, 128, 32, ...bytes(2, [])]],
  ])("are refused: %s", (_, violation, type, payload) => {
    expect(decode(type, ...payload)).toBe(violation);
  });

  it("are refused: texts and lists over their limits", () => {
    const heartbeat = (lost: Record<string, bigint>): AgentMessage => ({
      type: "agent-heartbeat",
      runningSeconds: 0n,
      records: 0n,
      spooledRecords: 0n,
      spooledBytes: 0n,
      lost,
    });
    expect(decoded(heartbeat({ ["x".repeat(1025)]: 1n }))).toBe("too-long");
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`r${index}`, 1n]));
    expect(decoded(heartbeat(many))).toBe("too-many-elements");
    expect(decoded(record({ attested: { cgroup: "c".repeat(4097) } }))).toBe("too-long");
    expect(MAX_AGENT_OBJECTS).toBe(4096);
  });

  it("never throw, whatever their bytes are", () => {
    const whole = encodeAgentMessage(record({ objects: 1, attested: { uid: 1, forks: undefined } }));
    for (let at = FRAME_HEADER_SIZE; at < whole.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const payload = whole.slice(FRAME_HEADER_SIZE);
        payload[at - FRAME_HEADER_SIZE] = value;
        expect(() => decodeAgentMessage({ type: MESSAGE_TYPE.agentRecord, payload })).not.toThrow();
        expect(() => decodeAgentMessage({ type: 23, payload: payload.subarray(0, at - 8) })).not.toThrow();
      }
    }
  });
});
