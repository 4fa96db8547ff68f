import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectorClient } from "../../../lib/client/index.js";
import { keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { writeLongLists } from "../../support/long-lists.js";
import { tool, toolPath } from "../../support/tools.js";

/* A list as a whole: all rows as CSV, and what one page says about the others. */

/** Rows of each list: more than two pages of the most rows that an answer has. */
const ROWS = 2300;

const data = temporaryFolder();
const query = (...args: string[]) => tool("ogrt-query", "--data", data, ...args);

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Lists with {@link ROWS} rows, and the column that identifies a row. */
const LISTS: readonly (readonly [command: string, column: string])[] = [
  ["jobs", "job"],
  ["processes", "uuid"],
  ["affected libodd --by jobs", "job"],
  ["affected libodd --by users", "user"],
  ["affected libodd --by hosts", "host"],
  ["affected libodd --by processes", "uuid"],
  ["affected libodd --by builds", "path"],
  ["software", "software"],
  ["user-programs", "paths"],
  ["odd libraries", "path"],
  ["odd objects", "path"],
  // Without the hour in which a collector runs.
  [`coverage --period hour --until ${dayBefore(1)}`, "start"],
  ["coverage hosts", "host"],
  ["coverage jobs", "job"],
  ["unused modules", "module"],
];

beforeAll(async () => {
  await writeLongLists(join(data, "ogrt.duckdb"), ROWS);
}, 60_000);

/** Checks that a list is printed with all its rows, each of them once. */
function expectWhole(command: string, column: string): void {
  const { status, stdout, stderr } = query("--csv", ...command.split(" "));
  expect([command, status]).toEqual([command, 0]);
  expect(stderr).toMatch(/^\([^\n]*\)\n$/);
  const [heading = "", ...lines] = stdout.trimEnd().split("\r\n");
  const at = heading.split(",").indexOf(column);
  // No cell of these lists has a comma.
  const ids = lines.map((line) => line.split(",")[at]);
  expect([command, ids.length, new Set(ids).size]).toEqual([command, ROWS, ROWS]);
}

describe("--csv without a running collector", () => {
  it.each(LISTS)("prints all rows: %s", expectWhole);

  it("holds the store while it reads the list, not while somebody reads its output", async () => {
    const large = temporaryFolder();
    const rows = 20 * ROWS;
    await writeLongLists(join(large, "ogrt.duckdb"), rows);
    const child = spawn(process.execPath, [toolPath("ogrt-query"), "--data", large, "--csv", "processes"]);
    const ended = once(child, "close");
    // The reader takes the first bytes and no more.
    await once(child.stdout, "readable");
    let collector: RunningCollector | undefined;
    for (let tries = 0; collector === undefined && tries < 60; tries++) {
      await sleep(500);
      collector = await startCollector(large).catch(() => undefined);
    }
    expect([collector !== undefined, child.exitCode]).toEqual([true, null]);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    expect(await ended).toEqual([0, null]);
    expect(new Set(text.split("\r\n").map((line) => line.split(",").at(-1))).size).toBe(rows + 2);
    await collector?.stop();
  }, 240_000);
});

describe("--csv", () => {
  let collector: RunningCollector;
  let client: CollectorClient;
  beforeAll(async () => {
    collector = keepCollector(await startCollector(data));
    client = new CollectorClient({ url: collector.where.http, token: collector.token });
  }, 60_000);
  afterAll(() => collector.stop("SIGKILL"));

  it.each(LISTS)("prints all rows: %s", expectWhole);

  it("prints N rows with --limit N, from any cursor, and says that there are more", () => {
    const limited = query("--csv", "--limit", "5", "--cursor", "3", "jobs");
    expect(
      limited.stdout
        .trimEnd()
        .split("\r\n")
        .slice(1)
        .map((line) => line.split(",")[0]),
    ).toEqual([4, 5, 6, 7, 8].map((i) => `j${ROWS + 1 - i}`));
    expect(limited.stderr).toMatch(/\n2300 rows: all of them with --csv, the next 5 with --cursor 8\n$/);
    expect(
      query("--csv", "--cursor", `${ROWS - 2}`, "jobs")
        .stdout.trimEnd()
        .split("\r\n"),
    ).toHaveLength(3);
  });

  it("is what a table's last line names, and a page as JSON has a cursor", () => {
    const { stdout } = query("affected", "libodd", "--by", "users");
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      "2300 rows: all of them with --csv, the next 100 with --cursor 100",
    );
    expect(JSON.parse(query("--json", "--limit", "100", "jobs").stdout).next).toBe("100");
    expect(query("--limit", "1000", "--cursor", "2000", "jobs").stdout).not.toContain("--cursor");
  });

  it("ends without an error when its reader does", async () => {
    const command = `"$0" "$1" --data "$2" --csv jobs | head -n 1`;
    const shell = spawn("bash", ["-o", "pipefail", "-c", command, process.execPath, toolPath("ogrt-query"), data]);
    const { code, out, err } = await printed(shell);
    expect([code, out.startsWith("job,"), out.split("\n").length]).toEqual([0, true, 2]);
    // The tool may have written everything before its reader ended.
    expect(err).toMatch(/^(?:\([^\n]*\)\n)?$/);
  });

  it("reads one state of the store, whatever arrives meanwhile", async () => {
    const pages = client.pages("affectedUsers", { soname: "libodd.so.1" });
    const users: (string | null)[] = [];
    for await (const page of pages) {
      // A user of the last page moves to the first one, and a new one appears.
      if (users.length === 0) {
        const used = {
          objects: [{ path: "/x/libodd.so.1", soname: "libodd.so.1", signatures: [], buildId: undefined }],
        };
        await collector.report({ user: "u1", job: "late", ...used }, { user: "new", job: "late", ...used });
        expect(
          (await client.affectedUsers({ soname: "libodd.so.1", limit: 2 })).users.map(({ user }) => user).sort(),
        ).toEqual(["new", "u1"]);
      }
      users.push(...page.users.map(({ user }) => user));
    }
    expect(users).toEqual(Array.from({ length: ROWS }, (_, index) => `u${ROWS - index}`));
  });

  it("cannot go on when the store was rewritten, and begins anew", async () => {
    const pages = client.pages("jobs", {});
    await pages.next();
    await client.forget({ user: "u7" });
    await expect(pages.next()).rejects.toMatchObject({ code: "CURSOR_EXPIRED" });
    await expect(client.jobs({ cursor: "1000-0123456789abcdef" })).rejects.toMatchObject({ code: "CURSOR_EXPIRED" });
    let jobs = 0;
    for await (const page of client.pages("jobs", {})) jobs += page.jobs.length;
    expect(jobs).toBe(ROWS);
  });

  it("keeps a bounded number of lists open", async () => {
    const open = Array.from({ length: 8 }, () => client.pages("jobs", {}));
    for (const pages of open) await pages.next();
    await expect(client.pages("jobs", {}).next()).rejects.toMatchObject({ code: "ANSWER_NOT_READY" });
    // One page, and lists that need no snapshot, are still answered.
    expect((await client.jobs({ limit: 1000 })).jobs).toHaveLength(1000);
    expect((await client.pages("processes", {}).next()).value?.processes).toHaveLength(1000);
    for (const pages of open) for await (const { jobs } of pages) expect(jobs.length).toBeGreaterThan(0);
    expect((await client.pages("jobs", {}).next()).value?.jobs).toHaveLength(1000);
  });
});

interface Page {
  readonly status: number;
  readonly body: object;
}

/** A collector that answers pages of hosts. `respond` makes each from its number; without one, the connection breaks. */
async function fakeCollector(respond: (page: number) => Page | undefined) {
  let asked = 0;
  const server = createServer((request, response) => {
    const page = respond(asked++);
    if (page === undefined) request.socket.destroy();
    else response.writeHead(page.status, { "content-type": "application/json" }).end(JSON.stringify(page.body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const tokenFile = join(temporaryFolder(), "token");
  writeFileSync(tokenFile, "a-token-of-this-test\n", { mode: 0o600 });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = ["--server", url, "--token-file", tokenFile, "--csv", "affected", "x", "--by", "hosts"];
  return {
    child: spawn(process.execPath, [toolPath("ogrt-query"), ...args]),
    pages: () => asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What a tool printed, when it has ended. */
async function printed(child: ChildProcessWithoutNullStreams) {
  const shown = { code: -1, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    shown.err += text;
  });
  [shown.code] = await once(child, "close");
  return shown;
}

function pageOf(hosts: readonly string[], next: string | null): Page {
  const counts = { stored: 0, duplicate: 0, kernelDropped: 0, unseenMinutes: 0, processes: 0, incomplete: 0 };
  const completeness = { ...counts, rejected: {}, dropped: {}, unchecked: 0, withoutEnd: 0, rollupLag: 0, notes: [] };
  const span = { since: null, until: null };
  const time = "2026-01-01T00:00:00.000000000Z";
  const row = { processes: 1, jobs: 1, users: 1, firstUse: time, lastUse: time };
  return { status: 200, body: { span, completeness, hosts: hosts.map((host) => ({ host, ...row })), next } };
}

describe("--csv of a list whose end cannot be read", () => {
  it.each([
    [
      "an error",
      { status: 410, body: { code: "CURSOR_EXPIRED", message: "it has ended" } },
      "ogrt-query: it has ended\n",
    ],
    ["a broken connection", undefined, "ogrt-query: no answer from http://127.0.0.1:"],
  ])("says that it is incomplete, and fails: %s", async (_, failure, reason) => {
    const { child, close } = await fakeCollector((page) => (page === 0 ? pageOf(["n1", "n2"], "2") : failure));
    const { code, out, err } = await printed(child);
    expect([
      code,
      out
        .trimEnd()
        .split("\r\n")
        .map((line) => line.split(",")[0]),
    ]).toEqual([3, ["host", "n1", "n2"]]);
    expect(err).toContain(`ogrt-query: the output is incomplete: the list has more rows than the 2 printed\n${reason}`);
    close();
  });

  it("writes nothing when there is no first page", async () => {
    const { child, close } = await fakeCollector(() => ({
      status: 503,
      body: { code: "ANSWER_NOT_READY", message: "ask again" },
    }));
    const { code, out, err } = await printed(child);
    expect([code, out, err]).toEqual([3, "", "ogrt-query: ask again\n"]);
    close();
  });
});

it("--csv asks for no further page while its reader does not read", async () => {
  const long = Array.from({ length: 1000 }, (_, index) => `${index}${"x".repeat(16_000)}`);
  const { child, pages, close } = await fakeCollector((page) => pageOf(long, page < 20 ? `${page + 1}` : null));
  // A page is 16 MB, of which a busy machine makes one in some seconds.
  while (pages() < 3) await sleep(100);
  let before = -1;
  while (pages() !== before) {
    before = pages();
    await sleep(3000);
  }
  expect(before).toBeLessThan(8);
  let bytes = 0;
  child.stdout.on("data", (text) => {
    bytes += text.length;
  });
  expect(await once(child, "close")).toEqual([0, null]);
  expect(pages()).toBe(21);
  expect(bytes).toBeGreaterThan(21 * 16_000_000);
  close();
}, 120_000);
