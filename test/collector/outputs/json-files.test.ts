import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jobFileName } from "../../../lib/collector/outputs/worker/json-files/job-file-name.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";
import { documentsOf, eventually, startWithOutputs } from "./support/outputs.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);
const contentOf = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");
const fileOf = (data: string, job: string | null) => join(data, "jobs", jobFileName(job));
const FILES = { kind: "json-files" };

describe("the file name of a job", () => {
  const ids = [
    ...[
      "1234",
      "../x",
      "..",
      ".",
      "",
      "/",
      "/etc/passwd",
      "a/b",
      "A",
      "a",
      "%41",
      "%none",
      "\\x00",
      "ümlaut",
      ".hidden",
    ],
    ...["x".repeat(300), "X".repeat(300), "x".repeat(299), "%".repeat(70), "con", "a ", "a\n", "\u202e"],
  ];

  it("stays in its directory and has a limited length", () => {
    for (const id of ids) {
      const name = jobFileName(id);
      expect(name).toMatch(/^[a-z0-9_%-][a-z0-9_.%-]*\.jsonl$/);
      expect(name.length).toBeLessThanOrEqual(200);
    }
  });

  it("is unique, also on file systems that ignore case", () => {
    const names = [jobFileName(null), ...ids.map(jobFileName)].map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it("can be decoded to the id, unless the id is long", () => {
    for (const id of ids.filter((id) => id !== "" && id.length < 60)) {
      expect(decodeURIComponent(jobFileName(id).replace(/\.jsonl$/, ""))).toBe(id);
    }
  });
});

const NOW = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n };

describe("JSON files", () => {
  it("hold every event of their job in order, in the shapes of the API", async () => {
    const data = freshData();
    const collector = await startWithOutputs(data, [FILES]);
    const start = processStart({ job: "j1", user: "alice", objects: [object("/a"), object("/b")] });
    const parts = { ...processStart({ job: "j1", objects: [object("/1")] }), part: { index: 0, totalObjects: 2 } };
    await collector.send(
      encodeMessage({ type: "job-start", job: "j1", time: NOW }),
      encodeMessage(start),
      encodeMessage(processEnd(start.uuid ?? "")),
      encodeMessage(parts),
      encodeMessage({ ...parts, objects: [object("/2")], part: { index: 1, totalObjects: 2 } }),
    );
    await collector.waitForFrames(5);
    const documents = await eventually(
      () => documentsOf(contentOf(fileOf(data, "j1"))),
      ({ length }) => length === 5,
    );
    expect(documents.map(({ type }) => type)).toEqual(["job", "process", "end", "process", "part"]);
    expect(documents.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    const job = await collector.json("/api/v1/jobs/j1");
    const {
      counts: _,
      end,
      execOf: __,
      tree: ___,
      ...process
    } = job.processes.find(({ uuid }: { uuid: string }) => uuid === start.uuid);
    expect(documents[1]).toEqual({ type: "process", sequence: 2, ...process });
    expect(documents[2]).toMatchObject({ uuid: start.uuid, job: "j1", claimed: { user: "alice" }, ...end });
    expect(documents[4]).toMatchObject({ uuid: parts.uuid, job: "j1", part: 1, objects: [{ path: "/2" }] });
    const { mode } = statSync(fileOf(data, "j1"));
    expect(mode & 0o777).toBe(0o600);
  });

  it("for hostile ids stay below their directory", async () => {
    const data = freshData();
    const collector = await startWithOutputs(data, [FILES]);
    const ids = ["../x", "..", ".", "/etc/cron.d/x", "a/b/c", "A", "a", "x".repeat(300), "\\x00", "\\x00y"];
    const bytes = (job: string) => encodeMessage(processStart({ job }));
    await collector.send(...ids.map(bytes), bytes(""), encodeMessage(processStart({ job: undefined })));
    const { stored } = await collector.waitForFrames(ids.length + 2);
    expect(stored).toBe(ids.length + 2);
    const expected = [...ids.map(jobFileName)];
    const names = await eventually(
      () => (existsSync(join(data, "jobs")) ? readdirSync(join(data, "jobs")) : []),
      (found) => found.length >= expected.length + 1,
    );
    expect(names.filter((name) => name !== jobFileName(null) && name !== jobFileName("")).sort()).toEqual(
      expected.sort(),
    );
    expect(existsSync(join(data, "x"))).toBe(false);
    expect(readdirSync(data).sort()).toEqual(expect.arrayContaining(["jobs", "ogrt.duckdb", "token"]));
  });

  it("are not written through a symbolic link; the output continues after its removal", async () => {
    const data = freshData();
    mkdirSync(join(data, "jobs"), { recursive: true, mode: 0o700 });
    const victim = join(folder, "victim");
    writeFileSync(victim, "mine\n");
    symlinkSync(victim, fileOf(data, "linked"));
    const collector = await startWithOutputs(data, [FILES]);
    await collector.send(encodeMessage(processStart({ job: "linked" })));
    await eventually(
      () => collector.stderr,
      (text) => text.includes("output-waiting"),
    );
    expect(readFileSync(victim, "utf8")).toBe("mine\n");
    unlinkSync(fileOf(data, "linked"));
    await eventually(
      () => contentOf(fileOf(data, "linked")),
      (text) => text.endsWith("\n"),
    );
    await eventually(
      () => collector.stderr,
      (text) => text.includes("output-recovered"),
    );
  });

  it("lose an unfinished last line after a crash, and its document is delivered again", async () => {
    const data = freshData();
    const collector = await startWithOutputs(data, [FILES]);
    await collector.send(encodeMessage(processStart({ job: "cut" })));
    await eventually(
      () => documentsOf(contentOf(fileOf(data, "cut"))),
      ({ length }) => length === 1,
    );
    await collector.stop();
    appendFileSync(fileOf(data, "cut"), `{"type":"process","sequence":2,"long":"${"x".repeat(200_000)}`);
    const again = await startWithOutputs(data, [FILES]);
    await again.send(encodeMessage(processStart({ job: "cut" })));
    const documents = await eventually(
      () => contentOf(fileOf(data, "cut")),
      (text) => text.split("\n").length === 3,
    );
    expect(documentsOf(documents).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it("may be renamed, truncated and removed by other programs at any time", async () => {
    const data = freshData();
    const collector = await startWithOutputs(data, [FILES]);
    const path = fileOf(data, "j");
    const lines = (file = path) => documentsOf(contentOf(file)).map(({ sequence }) => sequence);
    const send = async (sequence: number) => {
      await collector.send(encodeMessage(processStart({ job: "j" })));
      await eventually(lines, (sequences) => sequences.at(-1) === sequence);
    };
    await send(1);
    await send(2);
    renameSync(path, `${path}.1`);
    await send(3);
    expect(lines(`${path}.1`)).toEqual([1, 2]);
    expect(lines()).toEqual([3]);
    // Like logrotate with copytruncate.
    truncateSync(path, 0);
    await send(4);
    expect(lines()).toEqual([4]);
    unlinkSync(path);
    await send(5);
    expect(lines()).toEqual([5]);
    expect(await collector.stop()).toBe(0);
  });

  it("keep the lines of others when a user is removed, also with unusual line separators in values", async () => {
    const data = freshData();
    const collector = await startWithOutputs(data, [FILES]);
    // Line separators of other formats. Only a newline ends a line here.
    const separators = ["a\u2028b", "a\u2029b", "a\u0085b", "a\rb", "a\nb"];
    await collector.send(
      encodeMessage(processStart({ job: "both", user: "eve", arguments: separators })),
      encodeMessage(processStart({ job: "both", user: "alice", arguments: separators })),
    );
    await eventually(
      () => documentsOf(contentOf(fileOf(data, "both"))),
      ({ length }) => length === 2,
    );
    expect(tool("ogrt-query", "--data", data, "forget", "eve", "--yes").status).toBe(0);
    const left = documentsOf(contentOf(fileOf(data, "both")));
    expect(left.map(({ claimed, arguments: given }) => [claimed.user, given])).toEqual([["alice", separators]]);
  });

  it("lose the lines of a removed user, and are removed if no others remain", async () => {
    const data = freshData();
    const collector = await startWithOutputs(data, [FILES]);
    const mine = processStart({ job: "both", user: "eve", environment: ["SECRET=of-eve"] });
    await collector.send(
      encodeMessage(mine),
      encodeMessage(processEnd(mine.uuid ?? "")),
      encodeMessage(processStart({ job: "both", user: "alice" })),
      encodeMessage(processStart({ job: "own", user: "eve" })),
    );
    await eventually(
      () => documentsOf(contentOf(fileOf(data, "both")) + contentOf(fileOf(data, "own"))),
      ({ length }) => length === 4,
    );
    const forget = (option: string) => tool("ogrt-query", "--data", data, "--json", "forget", "eve", option);
    const files = [
      { path: fileOf(data, "both"), records: 2 },
      { path: fileOf(data, "own"), records: 1 },
    ];
    expect(JSON.parse(forget("--dry-run").stdout)).toMatchObject({
      dryRun: true,
      files: expect.arrayContaining(files),
    });
    expect(documentsOf(contentOf(fileOf(data, "both")))).toHaveLength(3);
    const { status, stdout } = forget("--yes");
    expect(status).toBe(0);
    expect(JSON.parse(stdout).files).toEqual(expect.arrayContaining(files));
    expect(existsSync(fileOf(data, "own"))).toBe(false);
    const left = documentsOf(contentOf(fileOf(data, "both")));
    expect(left.map(({ claimed }) => claimed.user)).toEqual(["alice"]);
    await collector.send(encodeMessage(processStart({ job: "both", user: "alice" })));
    await eventually(
      () => documentsOf(contentOf(fileOf(data, "both"))),
      ({ length }) => length === 2,
    );
  });

  it("exist for every job, with at most 64 of them open at once", async () => {
    const data = freshData();
    const collector = await startWithOutputs(data, [FILES]);
    const jobs = Array.from({ length: 300 }, (_, index) => `${index}`);
    for (let at = 0; at < 300; at += 50) {
      await collector.send(...jobs.slice(at, at + 50).map((job) => encodeMessage(processStart({ job }))));
    }
    await eventually(
      () => (existsSync(join(data, "jobs")) ? readdirSync(join(data, "jobs")).length : 0),
      (count) => count === 300,
    );
    const open = readdirSync(`/proc/${collector.where.pid}/fd`).filter((name) => {
      try {
        return readlinkSync(`/proc/${collector.where.pid}/fd/${name}`).includes("/jobs/");
      } catch {
        return false;
      }
    });
    expect(open.length).toBeLessThanOrEqual(64);
    expect(await collector.stop()).toBe(0);
  });
});
