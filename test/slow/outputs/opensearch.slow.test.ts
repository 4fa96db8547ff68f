import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startWithOutputs } from "../../collector/outputs/support/outputs.js";
import { temporaryFolder } from "../../support/folder.js";
import { root } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const hasJava = ["java", "javac", "mvn"].every((tool) => spawnSync(tool, ["-version"]).status === 0);

let port = 0;
let node: ChildProcess | undefined;
const base = () => `http://127.0.0.1:${port}`;
// biome-ignore lint/suspicious/noExplicitAny: answers are compared, not used
const ask = async (path: string, body?: object): Promise<any> => {
  const headers = { "content-type": "application/json" };
  const post = body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) };
  return (await fetch(`${base()}${path}`, post)).json();
};

async function startNode(): Promise<void> {
  const classes = [join(folder, "classes"), join(folder, "lib/*")].join(":");
  node = spawn("java", ["-Xmx512m", "-cp", classes, "Server", join(folder, "home"), `${port}`], { stdio: "ignore" });
  for (;;) {
    if (node.exitCode !== null) throw new Error(`OpenSearch ended with ${node.exitCode}`);
    if (
      await fetch(base()).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(200);
  }
}

async function stopNode(): Promise<void> {
  if (node === undefined || node.exitCode !== null) return;
  const exit = once(node, "exit");
  node.kill("SIGKILL");
  await exit;
}

/** Number of documents that match a query; -1 if the node does not answer. */
async function count(query: object): Promise<number> {
  await fetch(`${base()}/ogrt/_refresh`, { method: "POST" }).catch(() => {});
  const answer = await ask("/ogrt/_count", { query }).catch(() => undefined);
  return answer?.count ?? -1;
}

describe.skipIf(!hasJava)("OpenSearch (needs java, javac and mvn)", () => {
  beforeAll(async () => {
    const source = join(root, "test/slow/outputs/opensearch");
    cpSync(source, folder, { recursive: true });
    const copy = ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${join(folder, "lib")}`];
    execFileSync("mvn", [...copy, "-DincludeScope=runtime"], { cwd: folder, stdio: "ignore" });
    execFileSync("javac", ["-nowarn", "-cp", "lib/*", "-d", "classes", "Server.java"], {
      cwd: folder,
      stdio: "ignore",
    });
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    port = (probe.address() as { port: number }).port;
    await new Promise((resolve) => probe.close(resolve));
    await startNode();
  });
  afterAll(stopNode);

  it("has every document in a data stream with its fields, also after kills of both sides", async () => {
    const data = join(folder, "data");
    mkdirSync(folder, { recursive: true });
    const outputs = [{ kind: "elasticsearch", url: base(), start: "beginning" }];
    const start = processStart({ job: "os-1", user: "zoe", objects: [object("/usr/lib/libx.so")] });
    const first = await startWithOutputs(data, outputs);
    const later = Array.from({ length: 200 }, (_, index) => encodeMessage(processStart({ job: `os-${index % 7}` })));
    await first.send(encodeMessage(start), encodeMessage(processEnd(start.uuid ?? "")), ...later.slice(0, 100));
    await first.waitForFrames(102);
    await stopNode();
    await first.send(...later.slice(100));
    await first.waitForFrames(202);
    await first.stop("SIGKILL");
    await startNode();
    const second = await startWithOutputs(data, outputs);
    while ((await count({ match_all: {} })) < 202) await sleep(200);
    expect(await count({ match_all: {} })).toBe(202);
    expect(await count({ term: { type: "end" } })).toBe(1);
    expect(
      await count({ bool: { filter: [{ term: { "claimed.user": "zoe" } }, { term: { type: "process" } }] } }),
    ).toBe(1);
    expect(await count({ term: { "objects.path": "/usr/lib/libx.so" } })).toBeGreaterThanOrEqual(1);
    const streams = await ask("/_data_stream/ogrt");
    expect(streams.data_streams).toMatchObject([{ name: "ogrt", timestamp_field: { name: "@timestamp" } }]);
    expect(await second.stop()).toBe(0);
  });
});
