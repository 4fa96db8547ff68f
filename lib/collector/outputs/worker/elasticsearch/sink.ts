import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import template from "../../../../../integrations/elasticsearch/index-template.json" with { type: "json" };
import type { ElasticsearchOptions } from "../../../config/outputs/elasticsearch.js";
import type { Document } from "../document.js";
import type { Sink, SinkContext } from "../sink.js";
import { bulkBody, type Refusal, readBulkAnswer } from "./bulk.js";
import { DeadLetters } from "./dead-letters.js";
import { HttpClient } from "./http-client.js";

/** Attempts to deliver documents that the server refuses for now, before the whole output waits. */
const MAX_ROUNDS = 5;
const FIRST_ROUND_WAIT_MS = 250;

/** A data stream of Elasticsearch or OpenSearch. */
export function elasticsearchSink(options: ElasticsearchOptions, context: SinkContext): Sink {
  const stream = options["data-stream"];
  const client = new HttpClient(options.url, options["ca-file"]);
  const deadLetters = new DeadLetters(context);
  let hasTemplate = !options.template;

  const send = async (method: "PUT" | "POST", path: string, contentType: string, body: string, signal: AbortSignal) => {
    const answer = await client.send({ method, path, contentType, body }, await authorizationOf(options), signal);
    const isFine = (answer.status >= 200 && answer.status < 300) || answer.status === 413;
    if (!isFine)
      throw new Error(`${options.url} answered ${answer.status} to ${method} ${path}: ${excerpt(answer.body)}`);
    return answer;
  };

  const putTemplate = async (signal: AbortSignal) => {
    const body = JSON.stringify({ ...template, index_patterns: [stream] });
    await send("PUT", `/_index_template/${stream}`, "application/json", body, signal);
    hasTemplate = true;
  };

  const keepRefused = async (refusals: readonly Refusal[]) => {
    await deadLetters.add(refusals);
    const [{ reason } = { reason: "" }] = refusals;
    const count = refusals.length === 1 ? "a document" : `${refusals.length} documents`;
    const sentence = `${context.name}: the server refused ${count} permanently (${reason}); see ${deadLetters.path}`;
    context.log("output-refused", sentence);
  };

  const deliverGroup = async (group: readonly Document[], signal: AbortSignal): Promise<void> => {
    let remaining = group;
    const refused: Refusal[] = [];
    for (let round = 1; ; round++) {
      const { status, body } = await send(
        "POST",
        `/${stream}/_bulk?filter_path=items.*.status,items.*.error.type,items.*.error.reason`,
        "application/x-ndjson",
        bulkBody(remaining),
        signal,
      );
      if (status === 413) return deliverHalves(remaining, signal);
      const { later, never } = readBulkAnswer(remaining, body);
      refused.push(...never);
      const [first] = later;
      if (first === undefined) {
        // Written only now: if an error sent the group again, the server would refuse them again, and they would be written twice.
        if (refused.length > 0) await keepRefused(refused);
        return;
      }
      if (round === MAX_ROUNDS) {
        const count = `${later.length} of ${remaining.length} documents`;
        throw new Error(`${options.url} refuses ${count} for now, with ${first.status}: ${first.reason}`);
      }
      remaining = later.map(({ document }) => document);
      await sleep(FIRST_ROUND_WAIT_MS * 2 ** round * (0.5 + Math.random() / 2), undefined, { signal });
    }
  };

  /** Splits a group that is too large for the server. */
  const deliverHalves = async (group: readonly Document[], signal: AbortSignal) => {
    const [document] = group;
    if (group.length === 1 && document !== undefined) {
      return keepRefused([{ document, status: 413, reason: "larger than the server accepts" }]);
    }
    const middle = group.length >> 1;
    await deliverGroup(group.slice(0, middle), signal);
    await deliverGroup(group.slice(middle), signal);
  };

  return {
    deliver: async (documents, signal) => {
      if (!hasTemplate) await putTemplate(signal);
      for (const group of groupsOf(documents, options["bulk-bytes"])) await deliverGroup(group, signal);
    },
    refused: () => deadLetters.count,
    forget: (request) => deadLetters.forget(request),
    close: () => client.close(),
  };
}

/** Reads the secrets for each request, so that a change applies at once. */
async function authorizationOf(options: ElasticsearchOptions): Promise<string | undefined> {
  const { user, "password-file": passwordFile, "api-key-file": keyFile } = options;
  if (keyFile !== undefined) return `ApiKey ${(await readFile(keyFile, "utf8")).trim()}`;
  if (user === undefined || passwordFile === undefined) return undefined;
  const password = (await readFile(passwordFile, "utf8")).replace(/\r?\n$/, "");
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/** Groups documents into requests of limited size. A larger document has a request to itself. */
function* groupsOf(documents: readonly Document[], limit: number): Generator<readonly Document[]> {
  let group: Document[] = [];
  let bytes = 0;
  for (const document of documents) {
    const size = Buffer.byteLength(document.text) + 200;
    if (group.length > 0 && bytes + size > limit) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(document);
    bytes += size;
  }
  if (group.length > 0) yield group;
}

/** The beginning of an answer, in one line. */
const excerpt = (body: string) => body.slice(0, 300).replace(/\s+/g, " ");
