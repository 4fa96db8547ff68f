import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { sharedCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { root, tool } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const shared = sharedCollector(join(folder, "shared"));
const freshData = () => join(folder, `data-${stores++}`);
const query = (data: string, ...args: string[]) => tool("ogrt-query", "--data", data, ...args);

describe("the collector", () => {
  it("stores the received frames on SIGTERM, and exits with 0", async () => {
    const data = freshData();
    // During the test the interval does not end: only the signal makes the collector store.
    const collector = await startCollector(data, "--flush-interval", "60000");
    await collector.send(...Array.from({ length: 200 }, () => encodeMessage(processStart({ job: "flush" }))));
    expect(await collector.stop()).toBe(0);
    expect(JSON.parse(query(data, "--json", "job", "flush").stdout).total).toBe(200);
    expect(existsSync(join(data, "collector.json"))).toBe(false);
  });

  it("stops as a whole when its addresses cannot be removed any more", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    rmSync(join(data, "collector.json"));
    mkdirSync(join(data, "collector.json"));
    expect(await collector.stop()).toBe(0);
    expect(collector.log().at(-1)?.event).toBe("stopped");
  });

  it("keeps stored records when it is killed, and opens the store again", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    await collector.send(...Array.from({ length: 50 }, () => encodeMessage(processStart({ job: "killed" }))));
    await collector.waitForFrames(50);
    await collector.stop("SIGKILL");
    // The addresses that it left are stale: ogrt-query reads the file.
    expect(existsSync(join(data, "collector.json"))).toBe(true);
    expect(JSON.parse(query(data, "--json", "job", "killed").stdout).total).toBe(50);
    const again = await startCollector(data);
    await again.send(encodeMessage(processStart({ job: "killed" })));
    await again.waitForFrames(1);
    expect((await again.json("/api/v1/jobs/killed")).total).toBe(51);
  });

  it("stores equal objects and lists once, even across a restart", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    const objects = Array.from({ length: 30 }, (_, index) => object(`/nowhere/lib${index}.so`));
    const record = () => encodeMessage(processStart({ job: "once", objects }));
    await collector.send(...Array.from({ length: 300 }, record));
    await collector.waitForFrames(300);
    await collector.stop();
    const again = await startCollector(data);
    await again.send(record());
    await again.waitForFrames(1);
    await again.stop();
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(join(data, "ogrt.duckdb"), { access_mode: "READ_ONLY" });
    const connection = await instance.connect();
    const count = async (table: string) =>
      Number((await connection.runAndReadAll(`SELECT count(*) FROM ${table}`)).value(0, 0));
    expect(await count("process")).toBe(301);
    expect(await count("object")).toBe(31);
    expect(await count("finding")).toBe(31);
    expect(await count("object_list")).toBe(30);
    expect(await count("text_list")).toBe(2);
    connection.closeSync();
    instance.closeSync();
  });

  it("creates its data directory and token for its owner only, and keeps the token", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    const mode = (path: string) => statSync(path).mode & 0o777;
    expect(mode(data)).toBe(0o700);
    expect(mode(join(data, "token"))).toBe(0o600);
    expect(mode(join(data, "collector.json"))).toBe(0o600);
    expect(mode(join(data, "ogrt.duckdb"))).toBe(0o600);
    await collector.stop();
    expect((await startCollector(data)).token).toBe(collector.token);
  });
});

describe("without the optional packages", () => {
  it("collector and query name the missing package in one line, and exit with 3", () => {
    const bare = join(folder, "bare");
    mkdirSync(join(bare, "node_modules"), { recursive: true });
    cpSync(join(root, "dist"), join(bare, "dist"), { recursive: true });
    cpSync(join(root, "package.json"), join(bare, "package.json"));
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    // What npm installs then: our dependencies, and theirs.
    for (const name of [...Object.keys(dependencies), "long"]) {
      symlinkSync(join(root, "node_modules", name), join(bare, "node_modules", name));
    }
    for (const [name, engine, ...options] of [
      ["ogrt-collector", "pino", "--http", "0", "--udp", "0", "--tcp", "0"],
      ["ogrt-query", "@duckdb/node-api", "processes"],
    ]) {
      const args = [join(bare, "dist/bin", `${name}.js`), "--data", freshData(), ...options];
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
      const remedy = "npm install --include=optional ogrt installs it";
      expect(stderr).toBe(`${name}: the package ${engine} is not installed; ${remedy}\n`);
      expect(status).toBe(3);
    }
  });
});

describe("ogrt-query", () => {
  it("prints tables without control sequences for the terminal", async () => {
    const collector = shared();
    const { data } = collector.where;
    const { received } = await collector.accounting();
    await collector.send(
      encodeMessage(
        processStart({ job: "esc", user: "\u001b[2J", host: "\u202ehost", program: object("/a\u001b]0;x\u0007") }),
      ),
    );
    await collector.waitForFrames(received + 1);
    for (const question of [["processes"], ["job", "esc"]]) {
      const { stdout, status } = query(data, ...question);
      expect(status).toBe(0);
      expect(stdout).toContain("\\x1b");
      expect(stdout).toContain("\\u{202e}");
      expect([...stdout].filter((character) => character < " " && character !== "\n")).toEqual([]);
    }
  });

  it("asks another collector with its token file", async () => {
    const collector = shared();
    const { received } = await collector.accounting();
    await collector.send(encodeMessage(processStart({ job: "remote" })));
    await collector.waitForFrames(received + 1);
    const remote = ["--server", collector.where.http, "--token-file", collector.where.tokenFile];
    expect(tool("ogrt-query", ...remote, "job", "remote").stdout).toContain("job remote: 1 process");
    const wrong = join(folder, "wrong-token");
    writeFileSync(wrong, "0123456789abcdef\n");
    const refused = tool("ogrt-query", "--server", collector.where.http, "--token-file", wrong, "processes");
    expect(refused).toMatchObject({ status: 3, stdout: "" });
    const nobody = tool("ogrt-query", "--server", "http://127.0.0.1:9", "--token-file", wrong, "processes");
    expect(nobody).toMatchObject({ status: 3, stdout: "" });
    expect(tool("ogrt-query", "--server", collector.where.http, "processes").status).toBe(2);
    expect(tool("ogrt-query", ...remote, "affected", "no-uuid", "--as", "signature").status).toBe(2);
  });

  it("reports that there is no store", () => {
    const { status, stderr } = query(join(folder, "nowhere"), "processes");
    expect(status).toBe(3);
    expect(stderr.split("\n")).toHaveLength(2);
  });
});

it("leaves no child processes when it is killed", async () => {
  const collector = await startCollector(freshData());
  await collector.send(
    encodeMessage(processStart({ program: object(process.execPath), host: (await import("node:os")).hostname() })),
  );
  await collector.waitForFrames(1);
  const children = readFileSync(`/proc/${collector.where.pid}/task/${collector.where.pid}/children`, "utf8").trim();
  expect(children).not.toBe("");
  await collector.stop("SIGKILL");
  const isAlive = (pid: string) =>
    existsSync(`/proc/${pid}/exe`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  for (let tries = 0; tries < 100 && children.split(" ").some(isAlive); tries++) await sleep(50);
  expect(children.split(" ").filter(isAlive)).toEqual([]);
});
