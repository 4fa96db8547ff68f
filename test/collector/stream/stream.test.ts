import { once } from "node:events";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import WebSocket from "ws";
import type { StreamedProcess } from "../../../lib/collector/frames/json.js";
import type { StartRecord } from "../../../lib/collector/frames/record.js";
import { matches, parseFilter } from "../../../lib/collector/stream/filter.js";
import { StreamHub } from "../../../lib/collector/stream/hub.js";
import type { Rendered } from "../../../lib/collector/stream/rendered.js";
import { encodeMessage, type Placement } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { freshUuid, run, source, stampFile } from "../../support/toolchain.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
/** With time for every verdict: the stream then has no amendments, also on a busy machine. */
const start = (...options: string[]) =>
  startCollector(join(folder, `data-${stores++}`), "--verdict-deadline", "60000", ...options);

async function subscribe(collector: RunningCollector, query = "", protocols: string[] = []) {
  const messages: StreamedProcess[] = [];
  const url = `${collector.where.http.replace("http", "ws")}/stream${query}`;
  const socket = new WebSocket(url, protocols, { headers: { authorization: `Bearer ${collector.token}` } });
  socket.on("message", (data) => messages.push(JSON.parse(data.toString())));
  await once(socket, "open");
  return {
    socket,
    messages,
    /** Waits until there are `count` messages. */
    async first(count: number): Promise<StreamedProcess[]> {
      while (messages.length < count) await once(socket, "message");
      return messages;
    },
  };
}

describe("the live stream", () => {
  it("selects jobs by cluster, id and task as other answers do", () => {
    const selects = (query: string, job: string, placement: Partial<Placement>) => {
      const start = processStart({ job });
      const message = { ...start, placement: { ...start.placement, ...placement } };
      const record = { kind: "start", message, program: undefined, objects: [] } as unknown as StartRecord;
      return matches(parseFilter(new URLSearchParams(query)), record);
    };
    const task = { cluster: "alpha", arrayJob: "142", arrayTask: "3" };
    const found = ["job=142", "job=142_3", "job=alpha:142_3", "job=150", "cluster=alpha"];
    expect(found.map((query) => selects(query, "150", task))).toEqual(found.map(() => true));
    const others = ["job=142_4", "job=beta:142", "job=beta:150", "job=:142", "cluster=beta", "job=15"];
    expect(others.map((query) => selects(query, "150", task))).toEqual(others.map(() => false));
    expect(selects("job=:7", "7", {})).toBe(true);
  });

  it("sends each record with its verdicts, as the API returns it later", async () => {
    const stamp = freshUuid();
    const library = join(folder, "libstamped.so");
    const code = source(folder, "library.c", "int answer(void) { return 42; }\n");
    run("gcc", "-shared", "-fPIC", "-o", library, code, stampFile(folder, "stamp.s", stamp));
    const collector = await start();
    const stream = await subscribe(collector, "", ["ogrt.v1+json"]);
    expect(stream.socket.protocol).toBe("ogrt.v1+json");
    const record = processStart({
      job: "live",
      host: hostname(),
      program: object(process.execPath),
      objects: [object(library, [stamp]), object(library, [freshUuid()]), object("/nowhere/lib.so")],
    });
    await collector.send(encodeMessage(record));
    const [message] = await stream.first(1);
    expect(message).toMatchObject({
      type: "process",
      uuid: record.uuid,
      claimed: { user: "alice", host: hostname() },
      program: { path: process.execPath, verdict: "unsigned" },
      objects: [
        { verdict: "verified" },
        { verdict: "mismatch", onDisk: { signatures: [stamp] } },
        { verdict: "missing" },
      ],
    });
    await collector.waitForFrames(1);
    const { type: _type, part: _part, conflicts: _conflicts, ...process_ } = message as StreamedProcess;
    const [stored] = (await collector.json("/api/v1/jobs/live")).processes;
    expect(stored).toEqual({
      ...process_,
      counts: { modules: 1, environment: 1, objects: 3 },
      end: null,
      execOf: null,
      tree: { parent: null, level: 0, descendants: 0, isLast: true },
    });
  });

  it("is filtered by job, user, host, verdict and path", async () => {
    const collector = await start();
    const subscribers = await Promise.all(
      ["?job=a", "?user=bob", "?host=n2", "?verdict=missing", "?path=*/libz.so*", "?job=a&user=bob", ""].map((query) =>
        subscribe(collector, query),
      ),
    );
    const send = (fields: Parameters<typeof processStart>[0]) => collector.send(encodeMessage(processStart(fields)));
    await send({ job: "a", user: "eve", host: "n1" });
    await send({ job: "a", user: "bob", host: "n1" });
    await send({ job: "b", user: "bob", host: "n2" });
    await send({ job: "b", user: "eve", host: hostname(), program: object("/nowhere/x") });
    await send({ job: "b", user: "eve", host: "n1", objects: [object("/opt/lib/libz.so.1")] });
    await subscribers.at(-1)?.first(5);
    await send({ job: "a", user: "bob", host: "n2", objects: [object("/libz.so")], program: object("relative") });
    const expected = [3, 3, 2, 1, 2, 2, 6];
    await Promise.all(subscribers.map((subscriber, index) => subscriber.first(expected[index] ?? 0)));
    expect(subscribers.map(({ messages }) => messages.length)).toEqual(expected);
  });

  it("closes with 1001 when the collector stops", async () => {
    const collector = await start();
    const { socket } = await subscribe(collector);
    const closed = once(socket, "close");
    expect(await collector.stop()).toBe(0);
    expect((await closed)[0]).toBe(1001);
  });

  it("closes a connection whose subscriber sends too much", async () => {
    const collector = await start();
    const { socket } = await subscribe(collector);
    socket.on("error", () => {});
    socket.send("x".repeat(100_000));
    expect((await once(socket, "close"))[0]).toBe(1009);
    expect((await collector.get("/livez")).status).toBe(200);
  });
});

describe("a slow subscriber", () => {
  const finding = { verdict: "unsigned", reason: undefined, compared: undefined, onDisk: undefined } as const;
  const record: StartRecord = {
    kind: "start",
    message: processStart({ objects: [] }),
    uuid: freshUuid(),
    receivedAt: 0,
    program: finding,
    objects: [],
    conflicts: [],
  };
  const everything = parseFilter(new URLSearchParams());

  it("loses messages, learns how many, and does not delay others", () => {
    const hub = new StreamHub({ version: 0, names: () => [] });
    const types = { slow: [] as string[], quick: [] as string[] };
    let isBlocked = false;
    const note = (list: string[], text: string) => {
      const { type, count } = JSON.parse(text);
      list.push(count === undefined ? type : `${type} ${count}`);
      return true;
    };
    const subscriber = (list: string[], isReady: () => boolean) => ({
      filter: everything,
      send: (message: Rendered) => isReady() && note(list, message.encode("ogrt.v1+json").join("")),
      sendLost: (count: number) => isReady() && note(list, JSON.stringify({ type: "lost", count })),
    });
    hub.add(subscriber(types.slow, () => !isBlocked));
    hub.add(subscriber(types.quick, () => true));
    hub.publish(record, 1000);
    isBlocked = true;
    for (let i = 0; i < 7; i++) hub.publish(record, 1000);
    isBlocked = false;
    hub.publish(record, 1000);
    expect(types.slow).toEqual(["process", "lost 7", "process"]);
    expect(types.quick).toEqual(Array(9).fill("process"));
    isBlocked = true;
    hub.publish(record, 1000);
    isBlocked = false;
    // Even when no message follows.
    hub.reportLosses();
    expect(types.slow.at(-1)).toBe("lost 1");
    hub.stop();
  });
});

describe("the replay for new subscribers", () => {
  it("holds the newest records, bounded by number and by bytes", () => {
    const hub = new StreamHub({ version: 0, names: () => [] });
    const replayed = () => {
      const jobs: string[] = [];
      const send = (message: Rendered) => {
        jobs.push(JSON.parse(message.encode("ogrt.v1+json").join("")).job);
        return true;
      };
      const filter = parseFilter(new URLSearchParams());
      const subscriber = { filter, send, sendLost: () => true };
      hub.add(subscriber, 1000);
      hub.remove(subscriber);
      return jobs;
    };
    const finding = { verdict: "unsigned", reason: undefined, compared: undefined, onDisk: undefined } as const;
    const publish = (job: string, bytes: number) => {
      const message = processStart({ job, user: job, objects: [] });
      hub.publish(
        { kind: "start", message, uuid: freshUuid(), receivedAt: 0, program: finding, objects: [], conflicts: [] },
        bytes,
      );
    };
    for (let i = 0; i < 1100; i++) publish(`small-${i}`, 100);
    expect(replayed()).toEqual(Array.from({ length: 1000 }, (_, index) => `small-${index + 100}`));
    for (let i = 0; i < 20; i++) publish(`large-${i}`, 4 * 1024 * 1024);
    expect(replayed()).toEqual(Array.from({ length: 8 }, (_, index) => `large-${index + 12}`));
    hub.forget((user) => user === "large-19");
    publish("after", 100);
    expect(replayed().slice(-2)).toEqual(["large-18", "after"]);
    hub.stop();
  });
});
