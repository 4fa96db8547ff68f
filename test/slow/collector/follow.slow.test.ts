import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { toolPath } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();

type Child = ChildProcessByStdio<null, Readable, Readable>;
const children: Child[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** ogrt-query --follow, and what it has printed. */
function follow(data: string) {
  const child = spawn(process.execPath, [toolPath("ogrt-query"), "--data", data, "--json", "--follow"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const jobs: string[] = [];
  const told: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => jobs.push(JSON.parse(line).job));
  createInterface({ input: child.stderr }).on("line", (line) => told.push(line));
  return { child, jobs, told };
}

describe("ogrt-query --follow", () => {
  it("follows a collector that is started anew, and shows nobody else its token", async () => {
    const data = join(folder, "data");
    const collector = await startCollector(data);
    const { jobs, told } = follow(data);
    while (!jobs.includes("first")) {
      await collector.send(encodeMessage(processStart({ job: "first" })));
      await sleep(100);
    }
    // As if it had been killed: its address stays in the directory, and somebody takes the port.
    await collector.stop("SIGKILL");
    const asked: IncomingMessage[] = [];
    const { hostname, port } = new URL(collector.where.http);
    const impostor = createServer((request, response) => {
      asked.push(request);
      response.end(JSON.stringify({ status: "alive", proof: "none" }));
    });
    impostor.on("upgrade", (request, socket) => {
      asked.push(request);
      socket.destroy();
    });
    await once(impostor.listen(Number(port), hostname), "listening");
    while (asked.length < 2) await sleep(50);
    impostor.closeAllConnections();
    await new Promise((resolve) => impostor.close(resolve));
    expect(asked.every(({ url, headers }) => url?.startsWith("/livez?nonce=") && !("authorization" in headers))).toBe(
      true,
    );
    // On another port: the directory says where.
    const next = await startCollector(data);
    while (!told.some((line) => line.includes("the stream continues"))) await sleep(50);
    await next.send(encodeMessage(processStart({ job: "second" })));
    while (!jobs.includes("second")) await sleep(50);
    expect(told.filter((line) => line.includes("retrying"))).toHaveLength(1);
  });

  it("ends with 3 where nobody is", async () => {
    const { child, told } = follow(join(folder, "nowhere"));
    expect((await once(child, "exit"))[0]).toBe(3);
    expect(told).toEqual([expect.stringContaining("no collector is running")]);
  });
});
