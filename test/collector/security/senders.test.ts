import { createSocket } from "node:dgram";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";
import { expectServed } from "./attack.js";

const folder = temporaryFolder();

describe("a sender that exceeds its rate", () => {
  it("loses the excess, which is counted, and does not affect other senders", async () => {
    const collector = await startCollector(join(folder, "data"), "--sender-rate", "50");
    const port = Number(collector.where.udp[0].split(":").at(-1));
    // All of 127.0.0.0/8 is this host: two addresses are two senders.
    const wild = createSocket("udp4");
    wild.bind(0, "127.0.0.2");
    await once(wild, "listening");
    for (let sent = 0; sent < 3000; sent++) {
      const frame = encodeMessage(processStart({ job: "wild" }));
      await new Promise((resolve) => wild.send(frame, port, "127.0.0.1", resolve));
    }
    wild.close();
    await collector.send(...Array.from({ length: 200 }, () => encodeMessage(processStart({ job: "calm" }))));
    const counts = await collector.waitForFrames(3200 - (await collector.accounting()).kernelDropped);
    expect((await collector.json("/api/v1/job?id=calm")).total).toBe(200);
    // 500 at once, and then 50 a second.
    expect(counts.dropped["rate-limited"]).toBeGreaterThan(1000);
    expect(counts.stored + (counts.dropped["rate-limited"] ?? 0) + counts.kernelDropped).toBe(3200);
    await expectServed(collector);
  });
});
