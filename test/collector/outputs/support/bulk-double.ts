import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Document = Record<string, unknown> & { sequence: number };

/** Faults that a test injects. */
export interface Faults {
  /** Status of a document; 201 accepts it. */
  item?: (document: Document, tries: number) => number;
  /** Status of a request of `count` documents; with 200, each document has its own status. */
  request?: (count: number) => number;
  /** Accepts the documents, then closes the connection without an answer. */
  withholdAnswer?: () => boolean;
}

/**
 * A strict test double of Elasticsearch with `_bulk` on a data stream and the index template. It collects the protocol
 * violations of clients in `violations`.
 */
export class BulkDouble {
  readonly documents = new Map<string, Document>();
  readonly order: number[] = [];
  readonly violations: string[] = [];
  readonly authorizations = new Set<string | undefined>();
  conflicts = 0;
  requests = 0;
  template: Record<string, unknown> | undefined;
  faults: Faults = {};
  readonly #tries = new Map<string, number>();
  #server: Server | undefined;
  port = 0;

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((error: Error) => {
        this.violations.push(error.message);
        response.writeHead(500).end();
      });
    });
    server.listen(this.port, "127.0.0.1");
    await once(server, "listening");
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** Stops at once and closes all connections. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    this.authorizations.add(request.headers.authorization);
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const url = new URL(request.url ?? "", this.url);
    if (Number(request.headers["content-length"]) !== body.length) this.violations.push("content-length");
    if (request.method === "PUT" && url.pathname === "/_index_template/ogrt") {
      if (request.headers["content-type"] !== "application/json") this.violations.push("template's content type");
      this.template = JSON.parse(body.toString());
      json(200, { acknowledged: true });
      return;
    }
    if (request.method !== "POST" || url.pathname !== "/ogrt/_bulk") {
      this.violations.push(`${request.method} ${request.url}`);
      json(404, {});
      return;
    }
    this.requests++;
    if (request.headers["content-type"] !== "application/x-ndjson") this.violations.push("bulk's content type");
    const pairs = this.#pairs(body);
    const status = this.faults.request?.(pairs.length) ?? 200;
    if (status !== 200) {
      json(status, { error: { type: "asked_for", reason: "by the test" } });
      return;
    }
    const items = pairs.map(([id, document]) => ({ create: this.#accept(id, document) }));
    if (this.faults.withholdAnswer?.()) response.destroy();
    else json(200, { items });
  }

  #pairs(body: Buffer): [string, Document][] {
    const lines = body.toString().split("\n");
    if (lines.pop() !== "") this.violations.push("the body does not end with a newline");
    if (lines.length === 0 || lines.length % 2 !== 0) this.violations.push(`${lines.length} lines`);
    const pairs: [string, Document][] = [];
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const { create, ...others } = JSON.parse(lines[at] ?? "") as { create?: { _id?: unknown } };
      const document = JSON.parse(lines[at + 1] ?? "") as Document;
      const id = create?._id;
      if (typeof id !== "string" || id === "" || id.length > 512) this.violations.push(`id ${id}`);
      if (Object.keys(others).length > 0 || Object.keys(create ?? {}).length !== 1) this.violations.push("action");
      if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/.test(`${document["@timestamp"]}`))
        this.violations.push("timestamp");
      pairs.push([`${id}`, document]);
    }
    return pairs;
  }

  #accept(id: string, document: Document): object {
    const tries = (this.#tries.get(id) ?? 0) + 1;
    this.#tries.set(id, tries);
    if (this.documents.has(id)) {
      this.conflicts++;
      return { status: 409, error: { type: "version_conflict_engine_exception", reason: "exists" } };
    }
    const status = this.faults.item?.(document, tries) ?? 201;
    if (status !== 201) return { status, error: { type: "asked_for", reason: `by the test, ${status}` } };
    this.documents.set(id, document);
    this.order.push(document.sequence);
    return { status };
  }
}
