import { readdirSync } from "node:fs";
import { connect, type Socket, type TcpNetConnectOpts } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollectorWith } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const OPEN_FILES = 400;
const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

type Target = (collector: RunningCollector) => { port: number } | { path: string };
const portOf = (address: string) => ({ port: Number(/:(\d+)\/?$/.exec(address)?.[1]) });

it.each<[string, Target]>([
  ["TCP", ({ where }) => portOf(where.tcp[0])],
  ["unix", ({ where }) => ({ path: where.unix[0] as string })],
  ["HTTP", ({ where }) => portOf(where.http)],
])("silent %s connections leave descriptors for records, verdicts and answers", async (_, target) => {
  const folder = temporaryFolder();
  const unix = ["--unix", join(folder, "socket")];
  const collector = await startCollectorWith(OPEN_FILES, join(folder, "data"), ...unix);
  for (let count = 0; count < OPEN_FILES * 2; count++) {
    const local = `127.0.0.${2 + (count % 50)}`;
    const socket = connect({ ...target(collector), localAddress: local, host: "127.0.0.1" } as TcpNetConnectOpts);
    open.push(socket.on("error", () => {}));
    if (count % 100 === 99) await sleep(50);
  }
  await sleep(500);
  expect(readdirSync(`/proc/${collector.child.pid}/fd`).length).toBeLessThan(OPEN_FILES - 100);
  const own = processStart({ host: hostname(), program: object("/bin/true"), uuid: undefined });
  await collector.send(encodeMessage(own));
  expect(await collector.waitForFrames(1)).toMatchObject({ stored: 1 });
  const sender = connect({ path: unix[1] as string });
  sender.end(encodeMessage({ ...own, pid: 77 }));
  expect(await collector.waitForFrames(2)).toMatchObject({ stored: 2 });
  expect((await collector.get("/metrics")).status).toBe(200);
  expect(collector.stderr).toContain("few-descriptors");
  expect(await collector.stop()).toBe(0);
});
