import { describe, expect, it } from "vitest";
import { BoundedMap } from "../../lib/shared/bounded-map.js";
import {
  decodeDatagram,
  encodeMessage,
  FRAME_HEADER_SIZE,
  type Message,
  MessageDecoder,
} from "../../lib/wire/index.js";
import { object, processEnd, processStart } from "./samples.js";

const UUID = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";

function decode(message: Message) {
  const frame = decodeDatagram(encodeMessage(message));
  return typeof frame === "string" ? frame : new MessageDecoder().decode(frame);
}

describe("impossible values are refused", () => {
  it.each<[string, Message, string]>([
    ["a part beyond all parts", processStart({ part: { index: 65_536, totalObjects: 2 } }), "malformed-payload"],
    ["a part of 32 bits", processStart({ part: { index: 4_000_000_000, totalObjects: 2 } }), "malformed-payload"],
    ["a total of 32 bits", processStart({ part: { index: 0, totalObjects: 4_000_000_000 } }), "malformed-payload"],
    ["a part of an end", processEnd(UUID, { part: { index: 4_000_000_000, totalObjects: 1 } }), "malformed-payload"],
    ["a long host", processStart({ host: "h".repeat(1025) }), "too-long"],
    ["a long job", processStart({ job: "j".repeat(1025) }), "too-long"],
    ["a long job of a job event", { type: "job-end", job: "j".repeat(1025), time: processStart().time }, "too-long"],
    ["a long path of the program", processStart({ program: object(`/${"p".repeat(17_000)}`) }), "too-long"],
    ["a long path of an object", processStart({ objects: [object(`/${"p".repeat(17_000)}`)] }), "too-long"],
    ["long arguments", processStart({ arguments: ["a".repeat(70_000)] }), "too-long"],
    ["long texts of invalid UTF-8", processStart({ environment: ["\\xff".repeat(30_000)] }), "too-long"],
    ["a long module", processStart({ modules: ["m".repeat(5000)] }), "too-long"],
    ["many signatures", processStart({ objects: [object("/a", Array<string>(2000).fill("x"))] }), "too-many-elements"],
    [
      "many signatures of many objects",
      processStart({ objects: Array.from({ length: 17 }, (_, at) => object(`/${at}`, Array<string>(1000).fill("x"))) }),
      "too-many-elements",
    ],
    [
      "many objects",
      processStart({ objects: Array.from({ length: 16_385 }, () => object("/a")) }),
      "too-many-elements",
    ],
  ])("%s", (_, message, reason) => {
    expect(decode(message)).toBe(reason);
  });

  it("uses the coarser time when the exact one is infinity to databases", () => {
    const message = processStart({ time: { nanoseconds: 2n ** 63n - 1n, precision: 1n } });
    expect(decode(message)).toMatchObject({ time: { precision: 1_000_000n } });
  });

  it("accepts what Linux allows", () => {
    const path = `/${"p".repeat(4095)}`;
    const message = processStart({
      host: "h".repeat(255),
      program: object(path),
      part: { index: 65_535, totalObjects: 70_000 },
    });
    expect(decode(message)).toMatchObject({ program: { path }, part: { index: 65_535 } });
  });
});

describe("what a frame costs", () => {
  const costOf = (decoder: MessageDecoder, message: Message) => {
    decoder.decode({ type: 12, payload: encodeMessage(message).subarray(FRAME_HEADER_SIZE) });
    return decoder.lastCost;
  };
  it("grows with its texts, and with a program that no frame had before", () => {
    const decoder = new MessageDecoder();
    const program = costOf(decoder, processStart({ program: object("/bin/a") }));
    const known = costOf(decoder, processStart({ program: object("/bin/a") }));
    expect(program - known).toBeGreaterThan(1000);
    const commandLine = "x".repeat(10_000);
    expect(costOf(decoder, processStart({ program: object("/bin/a"), commandLine })) - known).toBeGreaterThan(9000);
  });

  const objects = (from: number) => Array.from({ length: 1000 }, (_, at) => object(`/lib/${from + at}.so`));

  it("grows with its objects, modules and texts, and not with those that other frames had before", () => {
    const decoder = new MessageDecoder();
    const none = costOf(decoder, processStart({ objects: [], modules: [] }));
    const fresh = costOf(decoder, processStart({ objects: objects(0), modules: [] }));
    expect(fresh - none).toBeGreaterThan(500_000);
    expect(costOf(decoder, processStart({ objects: objects(0), modules: [] })) - none).toBeLessThan(100_000);
    const reordered = costOf(decoder, processStart({ objects: objects(0).reverse(), modules: [] }));
    expect(reordered).toBeGreaterThan(200_000);
    expect(reordered).toBeLessThan(fresh);
    const modules = Array.from({ length: 1000 }, (_, at) => `module/${at}`);
    expect(costOf(decoder, processStart({ objects: [], modules })) - none).toBeGreaterThan(200_000);
    expect(costOf(decoder, processStart({ objects: [], modules: [], environment: modules })) - none).toBeGreaterThan(
      50_000,
    );
  });

  it("is that of the frame alone when a frame is refused", () => {
    const decoder = new MessageDecoder();
    costOf(decoder, processStart({ objects: objects(0) }));
    decoder.decode({ type: 99, payload: new Uint8Array() });
    expect(decoder.lastCost).toBe(0);
  });
});

it("a bounded map counts the weight of replaced values", () => {
  const map = new BoundedMap<string>(100, (_, value) => value.length);
  for (let i = 0; i < 50; i++) map.set("same", "x".repeat(40));
  map.set("other", "y".repeat(40));
  expect([map.get("same"), map.get("other")]).toEqual(["x".repeat(40), "y".repeat(40)]);
  map.set("same", "x".repeat(99));
  map.set("third", "z".repeat(99));
  map.set("fourth", "z".repeat(99));
  expect(map.get("other")).toBeUndefined();
});
