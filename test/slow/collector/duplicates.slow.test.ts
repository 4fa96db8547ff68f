import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const FRAMES = 1_150_000;

it("a frame that is sent again after more than a million others is a duplicate", async () => {
  const path = join(folder, "socket");
  const collector = await startCollector(join(folder, "data"), "--unix", path, "--sender-rate", "0");
  const frame = encodeMessage(processStart({ job: "mine" }));
  await collector.send(frame);
  await collector.waitForFrames(1);

  const other = Buffer.from(
    encodeMessage(processStart({ objects: [], environment: [], modules: [], program: object("/a") })),
  );
  const zeros = "00000000-0000-4000-8000-000000000000";
  const at = other.indexOf(Buffer.from(encodeMessage(processStart({ uuid: zeros })).subarray(8, 11))) + 3;
  const socket = connect(path);
  await once(socket, "connect");
  for (let sent = 0; sent < FRAMES; sent += 500) {
    const batch = Buffer.concat(Array.from({ length: 500 }, () => other));
    for (let index = 0; index < 500; index++) {
      Buffer.from(randomUUID().replaceAll("-", ""), "hex").copy(batch, index * other.length + at);
    }
    if (!socket.write(batch)) await once(socket, "drain");
  }
  socket.end();
  expect(await collector.waitForFrames(FRAMES + 1)).toMatchObject({ stored: FRAMES + 1, duplicate: 0 });

  await collector.send(frame);
  expect(await collector.waitForFrames(FRAMES + 2)).toMatchObject({ stored: FRAMES + 1, duplicate: 1 });
  expect((await collector.json("/api/v1/jobs/mine")).total).toBe(1);
});
