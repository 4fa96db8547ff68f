import { cpSync, existsSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";
import { webSocket } from "./support/web-socket.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const RECORDS = 2000;

it("a killed collector whose log is cut, removed or left alone says what was acknowledged and is missing", async () => {
  const first = await startCollector(at("base"));
  const socket = await webSocket(first, "/ingest");
  let durable = 0;
  socket.on("message", (text) => {
    durable = JSON.parse(text.toString()).durable;
  });
  for (let sent = 0; sent < RECORDS; sent++) socket.send(encodeMessage(processStart({ job: "acknowledged" })));
  while (durable < RECORDS) await sleep(10);
  await first.stop("SIGKILL");
  const damages: Record<string, (log: string) => void> = {
    whole: () => {},
    removed: (log) => rmSync(log),
    cut: (log) => truncateSync(log, 200_000),
    "without store": (log) => rmSync(log.slice(0, -4)),
  };
  for (const [name, damage] of Object.entries(damages)) {
    const data = at(name);
    cpSync(at("base"), data, { recursive: true });
    damage(join(data, "ogrt.duckdb.wal"));
    const collector = await startCollector(data);
    const { processes } = await collector.json("/api/v1/overview");
    const ready = await collector.get("/readyz", {});
    const { problems } = (await ready.json()) as { problems: string[] };
    const errors = collector.log().filter(({ event }) => event === "records-lost");
    if (name === "whole") {
      expect([processes, ready.status, problems, errors]).toEqual([RECORDS, 200, [], []]);
    } else {
      const sentence = `${RECORDS - processes} acknowledged records, sequences ${processes + 1} to ${RECORDS}, received between `;
      expect([ready.status, problems]).toEqual([503, [expect.stringContaining(sentence)]]);
      expect(problems[0]).not.toContain("/");
      expect(errors).toEqual([expect.objectContaining({ level: "error", records: RECORDS - processes })]);
      expect(readdirSync(data).some((file) => file.includes(".wal.damaged-"))).toBe(name !== "removed");
      // The collector runs, and reads what an administrator has accepted.
      expect(tool("ogrt-query", "--data", data, "verify-store")).toMatchObject({
        status: 1,
        stdout: expect.stringContaining(sentence),
      });
      expect(tool("ogrt-query", "--data", data, "verify-store", "--accept").status).toBe(0);
      expect((await collector.get("/readyz", {})).status).toBe(200);
      await collector.send(encodeMessage(processStart()));
      await collector.waitForFrames(1);
    }
    expect(await collector.stop()).toBe(0);
    const { status, stdout } = tool("ogrt-query", "--data", data, "verify-store");
    expect({ status, isThere: stdout.includes("nothing that was acknowledged is missing") }).toEqual({
      status: 0,
      isThere: true,
    });
    expect(existsSync(join(data, "ogrt.duckdb.commits"))).toBe(true);
  }
});
