import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeFrame, encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const header = (type: number, length: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(type);
  bytes.writeUInt32BE(length, 4);
  return bytes;
};
const good = encodeMessage(processStart());
const repeated = (frame: Uint8Array) => () => frame;

const KINDS: readonly [reason: string, make: () => Uint8Array][] = [
  ["truncated", repeated(Buffer.from("abc"))],
  ["truncated", repeated(good.subarray(0, good.length - 1))],
  ["length-mismatch", repeated(Buffer.concat([good, Buffer.from("x")]))],
  ["too-large", repeated(Buffer.concat([header(12, 0xffffffff), Buffer.from("x")]))],
  ["malformed-payload", () => Buffer.concat([header(12, 64), randomBytes(64)])],
  ["malformed-payload", repeated(encodeFrame(12, Buffer.alloc(0)))],
  ["unknown-type", repeated(encodeFrame(99, Buffer.alloc(3)))],
  [
    "too-many-elements",
    repeated(encodeMessage(processStart({ objects: [object("/x", Array<string>(1025).fill("a"))] }))),
  ],
  ["too-long", repeated(encodeMessage(processStart({ job: "j".repeat(1025) })))],
];

it("100,000 malformed frames of each kind among good ones are counted by reason and harm nothing", async () => {
  const collector = await startCollector(join(temporaryFolder(), "data"), "--sender-rate", "0");
  let sent = 0;
  let before = await collector.accounting();
  for (const [reason, make] of KINDS) {
    for (let round = 0; round < 200; round++) {
      await collector.send(...Array.from({ length: 500 }, make), encodeMessage(processStart({ job: "good" })));
      sent += 501;
      // Long ones take longer to be read than to be sent.
      if (reason === "too-many-elements") while ((await collector.accounting()).pending > 1000) await sleep(5);
    }
    let counts = before;
    while (counts.received + counts.kernelDropped < sent || counts.pending > 0) {
      await sleep(50);
      counts = await collector.accounting();
    }
    const refused = (counts.rejected[reason] ?? 0) - (before.rejected[reason] ?? 0);
    const stored = counts.stored - before.stored;
    const kernelDropped = counts.kernelDropped - before.kernelDropped;
    const dropped = (counts.dropped["overload"] ?? 0) - (before.dropped["overload"] ?? 0);
    // Each is refused for this reason, or stored when it is a good one, but for those that came too fast.
    expect([reason, refused + stored + dropped + kernelDropped]).toEqual([reason, 100_200]);
    expect(refused).toBeLessThanOrEqual(100_000);
    expect(refused).toBeGreaterThanOrEqual(100_000 - dropped - kernelDropped);
    before = counts;
  }
  expect(before).toMatchObject({ duplicate: 0, pending: 0 });
  expect(collector.stderr).not.toContain("Error");
  expect(await collector.stop()).toBe(0);
});
