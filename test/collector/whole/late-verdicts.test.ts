import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type StreamedAmendment, type StreamedProcess, subscribe } from "../../../lib/client/index.js";
import { encodeMessage, type ObjectReport, type ProcessStart } from "../../../lib/wire/index.js";
import type { RunningCollector } from "../../support/collector.js";
import { Examiners } from "../../support/examiners.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";
import { documentsOf, eventually, startWithOutputs } from "../outputs/support/outputs.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);

/** A process of this host, so that its files can be looked at. */
const local = (fields: Partial<ProcessStart>) =>
  processStart({
    host: hostname(),
    time: { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n },
    ...fields,
  });

/** A collector that has children to look at files. */
async function startWatched(data: string, ...options: string[]) {
  const collector = await startWithOutputs(data, [{ kind: "json-files", start: "beginning" }], ...options);
  await collector.send(
    encodeMessage(local({ job: "warm", program: object("/bin/cat"), objects: [object("/bin/mv")] })),
  );
  await collector.waitForFrames(1);
  return { collector, examiners: new Examiners(collector) };
}

const stored = (collector: RunningCollector, frames: number) =>
  eventually(
    () => collector.accounting(),
    (counts) => counts.received >= frames && counts.pending === 0,
  );

const findingsOf = (objects: readonly { verdict: string; reason: string | null }[]) =>
  objects.map(({ verdict, reason }) => reason ?? verdict);

const documents = (data: string, job: string) => documentsOf(readFileSync(join(data, `jobs/${job}.jsonl`), "utf8"));

describe("verdicts that miss the deadline", () => {
  it("do not delay storing, and amend their records everywhere, once", async () => {
    const data = freshData();
    const { collector, examiners } = await startWatched(data, "--verdict-deadline", "50");
    const messages: (StreamedProcess | StreamedAmendment)[] = [];
    const subscription = subscribe({
      url: collector.where.http,
      token: collector.token,
      filters: { job: "late" },
      onProcess: (message) => messages.push(message),
      onAmendment: (message) => messages.push(message),
    });
    await eventually(
      () => subscription.state.kind,
      (kind) => kind === "open",
    );
    const amendments = async () => {
      const text = await (await collector.get("/metrics")).text();
      return Number(/^ogrt_amendments_total (.*)/m.exec(text)?.[1]);
    };
    const earlier = await amendments();
    await examiners.pause();
    const uuid = randomUUID();
    const reports = [object("/nowhere/at/all"), object("rel"), object("/bin/cp", [randomUUID()])];
    const frames = [
      local({ uuid, job: "late", program: object("/bin/ls"), objects: reports, part: { index: 0, totalObjects: 4 } }),
      local({ uuid, job: "late", objects: [object("/bin/rm")], part: { index: 1, totalObjects: 4 } }),
      processEnd(uuid, { objects: [object("/bin/ln")] }),
    ].map(encodeMessage);
    await collector.send(...frames);
    expect(await stored(collector, 4)).toMatchObject({ stored: 4, awaitingVerdicts: 3 });

    // Stored, and answered, before any of its files was looked at.
    const view = async () => {
      const answer = await collector.json(`/api/v1/process?uuid=${uuid}`);
      if (answer.process === undefined) throw new Error(JSON.stringify(answer));
      return answer.process;
    };
    const before = await view();
    expect(findingsOf([before.program, ...before.objects, ...before.end.objects])).toEqual([
      ...["pending", "pending", "relative-path", "pending", "pending", "pending"],
    ]);
    const odd = async (verdict: string) =>
      (await collector.json(`/api/v1/odd/objects?verdict=${verdict}`)).objects
        .map(({ path, processes }: { path: string; processes: number }) => `${path} ${processes}`)
        .sort();
    expect(await odd("stripped")).toEqual([]);

    examiners.resume();
    await eventually(
      () => collector.accounting(),
      ({ awaitingVerdicts }) => awaitingVerdicts === 0,
    );
    const after = await view();
    const verdicts = ["unsigned", "missing", "relative-path", "stripped", "unsigned", "unsigned"];
    expect(findingsOf([after.program, ...after.objects, ...after.end.objects])).toEqual(verdicts);
    expect(await odd("stripped")).toEqual(["/bin/cp 1"]);
    const { completeness } = await collector.json("/api/v1/overview");
    expect([completeness.processes, completeness.unchecked]).toEqual([2, 0]);
    const affected = await collector.json("/api/v1/affected?path=/bin/ls");
    expect([affected.processes, affected.objects[0].verdicts]).toEqual([1, ["unsigned"]]);
    const { processes } = await collector.json("/api/v1/processes?job=late");
    expect(processes[0].verdicts).toEqual({ missing: 1, stripped: 1, unchecked: 1, unsigned: 1 });
    expect(tool("ogrt-query", "--data", data, "process", uuid).stdout).toMatch(
      /stripped.*\/bin\/cp|\/bin\/cp.*stripped/s,
    );

    // The same frames again are duplicates, and have no amendment.
    await collector.send(...frames);
    expect(await collector.waitForFrames(7)).toMatchObject({ stored: 4, duplicate: 3, awaitingVerdicts: 0 });
    expect(await amendments()).toBe(earlier + 3);
    await eventually(
      () => messages.length,
      (count) => count >= 4,
    );
    subscription.close();
    expect(messages.map(({ type, uuid: of }) => [type, of])).toEqual([
      ["process", uuid],
      ["process", uuid],
      ["amendment", uuid],
      ["amendment", uuid],
    ]);
    const amended = messages.filter((message) => message.type === "amendment").sort((a, b) => a.part - b.part);
    expect(amended).toMatchObject([
      { record: "start", part: 0, job: "late", claimed: { user: "alice" }, program: { verdict: "unsigned" } },
      { record: "start", part: 1, program: null, objects: [{ path: "/bin/rm", verdict: "unsigned" }] },
    ]);
    const lines = await eventually(
      () => documents(data, "late"),
      (found) => found.length >= 6,
    );
    expect(lines.map(({ type }) => type).sort()).toEqual([
      "amendment",
      "amendment",
      "amendment",
      "end",
      "part",
      "process",
    ]);
    const applied = applyAmendments(lines);
    expect(findingsOf([applied.program, ...applied.objects].filter((found) => found !== null))).toEqual([
      ...verdicts.slice(0, 4),
    ]);

    // A copy holds the amendments, and an export the verdicts.
    expect(tool("ogrt-query", "--data", data, "export", "all").status).toBe(0);
    expect(tool("ogrt-query", "--data", data, "backup", "all").status).toBe(0);
    expect(await collector.stop()).toBe(0);
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(join(data, "backups/all.duckdb"));
    const connection = await instance.connect();
    const read = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
    expect(await read(`SELECT record, part FROM amendment WHERE uuid = '${uuid}' ORDER BY ALL`)).toEqual([
      ["end", 0],
      ["start", 0],
      ["start", 1],
    ]);
    expect(
      await read(`SELECT program_verdict, list_transform(objects, o -> o.verdict), list_transform(loaded_later, o -> o.verdict)
        FROM read_parquet('${join(data, "exports/all.parquet")}') WHERE job = 'late'`),
    ).toEqual([["unsigned", ["missing", "unchecked", "stripped", "unsigned"], ["unsigned"]]]);
    connection.closeSync();
    instance.closeSync();
  });

  it("are overload where too much awaits them already, with no amendment to follow", async () => {
    const data = freshData();
    const { collector, examiners } = await startWatched(data, "--verdict-deadline", "1");
    const amendments = async () =>
      Number(/^ogrt_amendments_total (\d+)$/m.exec(await (await collector.get("/metrics")).text())?.[1]);
    const before = await amendments();
    await examiners.pause();
    // Each takes some 60 KB of the 32 MiB, in memory.
    const environment = [`PADDING=${"x".repeat(60_000)}`];
    const unknown = (): ObjectReport => object(`/nowhere/${randomUUID()}`);
    const frames = 700;
    const socket = await collector.connect();
    for (let index = 0; index < frames; index++) {
      socket.write(encodeMessage(local({ job: "many", environment, program: unknown(), objects: [] })));
      if (index % 10 === 0) await sleep(1);
    }
    socket.end();
    const counts = await stored(collector, frames + 1);
    expect(counts).toMatchObject({ stored: frames + 1 });
    expect(counts.awaitingVerdicts).toBeGreaterThan(200);
    expect(counts.awaitingVerdicts).toBeLessThan(frames);
    examiners.resume();
    await collector.waitForFrames(frames + 1);
    const { processes } = await collector.json(`/api/v1/processes?job=many&limit=${frames}`);
    const found = findingsOf(processes.map(({ program }: { program: object }) => program));
    expect((await amendments()) - before).toBe(counts.awaitingVerdicts);
    // On a slow machine a file may wait so long that its amendment says "overload", too.
    expect(found.filter((verdict) => verdict === "missing").length).toBeLessThanOrEqual(counts.awaitingVerdicts);
    expect(found.filter((verdict) => verdict === "missing" || verdict === "overload")).toHaveLength(frames);
  });

  it("are stored before the collector stops", async () => {
    const data = freshData();
    const { collector, examiners } = await startWatched(data, "--verdict-deadline", "1");
    await examiners.pause();
    await collector.send(encodeMessage(local({ job: "stop", program: object("/bin/ls"), objects: [] })));
    expect((await stored(collector, 2)).awaitingVerdicts).toBe(1);
    const stopped = collector.stop();
    examiners.resume();
    expect(await stopped).toBe(0);
    const { process } = JSON.parse(
      tool("ogrt-query", "--data", data, "--json", "processes", "--job", "stop").stdout,
    ).processes.map((row: { program: { verdict: string } }) => ({ process: row }))[0];
    expect(process.program.verdict).toBe("unsigned");
  });
});

type Documents = ReturnType<typeof documentsOf>;

/** What docs/reference/outputs.md says about amendments. */
function applyAmendments(lines: Documents) {
  const [process] = lines.filter(({ type }) => type === "process");
  const amendment = lines.find(
    (line) => line.type === "amendment" && "record" in line && line.record === "start" && isFirst(line),
  );
  if (process === undefined || amendment === undefined) throw new Error("a document is missing");
  expect(amendment.sequence).toBeGreaterThan(process.sequence);
  return { ...process, program: amendment.program, objects: amendment.objects };
}

const isFirst = (line: object) => "part" in line && line.part === 0;
