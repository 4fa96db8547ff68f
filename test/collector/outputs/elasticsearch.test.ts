import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ElasticsearchOptions } from "../../../lib/collector/config/outputs/elasticsearch.js";
import type { Document } from "../../../lib/collector/outputs/worker/document.js";
import { readBulkAnswer } from "../../../lib/collector/outputs/worker/elasticsearch/bulk.js";
import { elasticsearchSink } from "../../../lib/collector/outputs/worker/elasticsearch/sink.js";
import { temporaryFolder } from "../../support/folder.js";
import { BulkDouble } from "./support/bulk-double.js";

const folder = temporaryFolder();
const never = new AbortController().signal;
let server: BulkDouble;
let directories = 0;

afterEach(() => server?.stop());

const documents = (count: number, text = "x"): Document[] =>
  Array.from({ length: count }, (_, index) => ({
    type: "process",
    sequence: index + 1,
    id: `id-${index + 1}`,
    uuid: null,
    job: null,
    cluster: null,
    user: "alice",
    host: null,
    received: "2026-01-02T03:04:05.678901234Z",
    program: null,
    event: null,
    text: JSON.stringify({ type: "process", sequence: index + 1, claimed: { user: "alice" }, text }),
  }));

async function open(options: Partial<ElasticsearchOptions> = {}) {
  server = new BulkDouble();
  await server.start();
  const dataDirectory = join(folder, `data-${directories++}`);
  mkdirSync(dataDirectory);
  const problems: string[] = [];
  const sink = elasticsearchSink(
    { url: server.url, "data-stream": "ogrt", template: true, "bulk-bytes": 5_242_880, ...options },
    { name: "es", dataDirectory, log: (_, sentence) => problems.push(sentence) },
  );
  return { sink, dataDirectory, problems, deadLetters: join(dataDirectory, "dead-letters/es.jsonl") };
}

describe("an output to Elasticsearch", () => {
  it("installs the index template, then delivers", async () => {
    const { sink } = await open();
    await sink.deliver(documents(3), never);
    await sink.deliver(documents(5), never);
    expect(server.template).toMatchObject({ index_patterns: ["ogrt"], data_stream: {} });
    expect([...server.documents.keys()]).toEqual(["id-1", "id-2", "id-3", "id-4", "id-5"]);
    expect(server.conflicts).toBe(3);
    expect(server.violations).toEqual([]);
    await sink.close();
  });

  it("limits the size of requests", async () => {
    const { sink } = await open({ "bulk-bytes": 65_536 });
    await sink.deliver(documents(40, "y".repeat(10_000)), never);
    expect(server.documents.size).toBe(40);
    expect(server.requests).toBe(7);
    await sink.close();
  });

  it("sends only the documents again that the server refuses for now", async () => {
    const { sink } = await open();
    server.faults = { item: ({ sequence }, tries) => (sequence % 3 === 0 && tries < 3 ? 429 : 201) };
    await sink.deliver(documents(9), never);
    expect(server.documents.size).toBe(9);
    expect(server.conflicts).toBe(0);
    expect(server.requests).toBe(3);
    await sink.close();
  });

  it("fails with the reason when the server keeps refusing them", async () => {
    const { sink } = await open();
    server.faults = { item: () => 403 };
    await expect(sink.deliver(documents(2), never)).rejects.toThrow(
      /refuses 2 of 2 documents for now, with 403: asked_for/,
    );
    server.faults = { request: () => 503 };
    await expect(sink.deliver(documents(2), never)).rejects.toThrow(/answered 503 to POST .*_bulk.*: .*by the test/);
    server.faults = {};
    await sink.deliver(documents(2), never);
    expect(server.documents.size).toBe(2);
    await sink.close();
  }, 60_000);

  it("writes permanently refused documents to a file, counts them and continues", async () => {
    const { sink, deadLetters, problems } = await open();
    server.faults = { item: ({ sequence }) => (sequence === 2 ? 400 : 201) };
    await sink.deliver(documents(3), never);
    expect([...server.documents.keys()]).toEqual(["id-1", "id-3"]);
    expect(sink.refused?.()).toBe(1);
    expect(JSON.parse(readFileSync(deadLetters, "utf8"))).toEqual({
      refused: { status: 400, reason: "asked_for: by the test, 400" },
      document: JSON.parse(documents(3)[1]?.text ?? ""),
    });
    expect(problems).toHaveLength(1);
    expect(await sink.forget?.({ user: "bob", dryRun: false })).toEqual([]);
    const own = [{ path: deadLetters, records: 1 }];
    expect(await sink.forget?.({ user: "alice", dryRun: true })).toEqual(own);
    expect(existsSync(deadLetters)).toBe(true);
    expect(await sink.forget?.({ user: "alice", dryRun: false })).toEqual(own);
    expect(existsSync(deadLetters)).toBe(false);
    await sink.close();
  });

  it("fails when that file is full", async () => {
    const { sink, dataDirectory, deadLetters } = await open();
    mkdirSync(join(dataDirectory, "dead-letters"), { mode: 0o700 });
    writeFileSync(deadLetters, "");
    truncateSync(deadLetters, 256 * 1024 * 1024 - 1);
    appendFileSync(deadLetters, "\n");
    server.faults = { item: () => 400 };
    await expect(sink.deliver(documents(1), never)).rejects.toThrow(/is full/);
    await sink.close();
  });

  it("halves requests that are too large for the server, down to a single document", async () => {
    const { sink } = await open();
    server.faults = { request: (count) => (count > 2 ? 413 : 200) };
    await sink.deliver(documents(9), never);
    expect(server.documents.size).toBe(9);
    server.faults = { request: () => 413 };
    await sink.deliver(documents(2), never);
    expect(sink.refused?.()).toBe(2);
    await sink.close();
  });

  it("counts documents as delivered that the server already has after a lost answer", async () => {
    const { sink } = await open();
    let isSilent = true;
    server.faults = { withholdAnswer: () => isSilent };
    await expect(sink.deliver(documents(4), never)).rejects.toThrow(/127\.0\.0\.1/);
    isSilent = false;
    await sink.deliver(documents(4), never);
    expect(server.documents.size).toBe(4);
    expect(server.conflicts).toBe(4);
    await sink.close();
  });

  it("reads its password or key again for each request", async () => {
    const password = join(folder, "password");
    writeFileSync(password, "first\n");
    const { sink } = await open({ user: "ogrt", "password-file": password, template: false });
    await sink.deliver(documents(1), never);
    writeFileSync(password, "second");
    await sink.deliver(documents(1), never);
    expect([...server.authorizations].map((value) => Buffer.from(value?.slice(6) ?? "", "base64").toString())).toEqual([
      "ogrt:first",
      "ogrt:second",
    ]);
    await sink.close();
    await server.stop();
    const withKey = await open({ "api-key-file": password, template: false });
    await withKey.sink.deliver(documents(1), never);
    expect([...server.authorizations]).toEqual(["ApiKey second"]);
    await withKey.sink.close();
  });

  it("refuses an answer that does not match the request", () => {
    const [document] = documents(1) as [Document];
    for (const body of [
      "",
      "nonsense",
      "{}",
      '{"items":[]}',
      '{"items":[{}]}',
      '{"items":[{"create":{"status":"201"}}]}',
    ]) {
      expect(() => readBulkAnswer([document], body)).toThrow(/the answer/);
    }
  });
});
