import { createSocket } from "node:dgram";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";
import { webSocket } from "./support/web-socket.js";

const data = join(temporaryFolder(), "data");

/** Rows of the store of a collector that has ended. */
async function readStore(sql: string): Promise<unknown[][]> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(join(data, "ogrt.duckdb"), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRows();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

it("kill -9 under load, ten times, loses nothing that was acknowledged, and of datagrams only the last moment", async ({
  annotate,
}) => {
  const acknowledged = new Set<string>();
  /** When each datagram of a round was sent, by performance.now(), and when the collector was killed. */
  const rounds: { sentAt: number[]; killedAt: number }[] = [];
  for (let round = 0; round < 10; round++) {
    const collector = await startCollector(data);
    const socket = await webSocket(collector, "/ingest");
    const datagrams = createSocket("udp4");
    const [host = "", port] = collector.where.udp[0].split(":");
    datagrams.connect(Number(port), host);
    await once(datagrams, "connect");
    datagrams.on("error", () => {});
    const sent: string[] = [];
    const sentAt: number[] = [];
    let durable = 0;
    socket.on("message", (text) => {
      const { durable: now } = JSON.parse(text.toString()) as { durable: number };
      for (const uuid of sent.slice(durable, now)) acknowledged.add(uuid);
      durable = now;
    });
    const until = Date.now() + 500 + Math.random() * 1500;
    while (Date.now() < until) {
      for (let i = 0; i < 40; i++) {
        const record = processStart({ job: `round-${round}` });
        sent.push(record.uuid ?? "");
        socket.send(encodeMessage(record));
        if (i % 4 > 0) continue;
        // Its number among those of the round stands where the pid does.
        datagrams.send(encodeMessage(processStart({ job: `datagrams-${round}`, pid: sentAt.length })));
        sentAt.push(performance.now());
      }
      await sleep(5);
    }
    rounds.push({ sentAt, killedAt: performance.now() });
    await collector.stop("SIGKILL");
    datagrams.close();
  }
  expect(acknowledged.size).toBeGreaterThan(1000);
  await (await startCollector(data)).stop();
  const rows = await readStore("SELECT uuid::VARCHAR, job, pid FROM process");
  const stored = new Map<string, number>();
  for (const [uuid] of rows) stored.set(`${uuid}`, (stored.get(`${uuid}`) ?? 0) + 1);
  expect([...acknowledged].filter((uuid) => !stored.has(uuid))).toEqual([]);
  expect([...stored.values()].every((count) => count === 1)).toBe(true);

  const lost = rounds.map(({ sentAt, killedAt }, round) => {
    const numbers = rows.filter(([, job]) => job === `datagrams-${round}`).map(([, , pid]) => Number(pid));
    // What is there is all up to one of them: none was lost that came before one that was kept.
    expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index));
    return { count: sentAt.length - numbers.length, since: killedAt - (sentAt[numbers.length] ?? killedAt) };
  });
  const ages = lost.map(({ count, since }) => `${count} (${since.toFixed()} ms)`);
  await annotate(`datagrams lost by round, and the age of the oldest: ${ages.join(", ")}`);
  // The flush interval of 250 ms, and the time of a commit on a busy machine.
  expect(Math.max(...lost.map(({ since }) => since))).toBeLessThan(2000);
});
