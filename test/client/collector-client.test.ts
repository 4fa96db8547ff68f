import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectorClient, type Input, type OperationName, subscribe } from "../../lib/client/index.js";
import document from "../../proto/openapi.json" with { type: "json" };

/** A request that the server received. */
interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}
let seen: Seen[] = [];
let respond: (response: ServerResponse) => void = (response) => response.end("{}");

const server = createServer(async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  const { method, url, headers } = request;
  seen.push({ method, url, headers, body });
  respond(response);
});
let url = "";

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function requestOf(ask: (client: CollectorClient) => Promise<unknown>): Promise<Seen | undefined> {
  seen = [];
  respond = (response) => response.end("{}");
  await ask(new CollectorClient({ url, token: "a-token" }));
  expect(seen).toHaveLength(1);
  return seen[0];
}

const OPERATIONS = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, { operationId: string }>).map(([method, { operationId }]) => ({
    name: operationId as OperationName,
    method: method.toUpperCase(),
    path,
  })),
);

describe("CollectorClient", () => {
  it("requests each operation of the OpenAPI file by its method and path, with the token", async () => {
    for (const { name, method, path } of OPERATIONS) {
      const input = path.includes("{id}") ? { id: "a/b?c" } : {};
      const request = await requestOf((client) => client.ask(name, input as Input<typeof name>));
      expect([name, request?.method, request?.url]).toEqual([name, method, path.replace("{id}", "a%2Fb%3Fc")]);
      expect(request?.headers.authorization).toBe("Bearer a-token");
      expect([name, request?.body]).toEqual([name, method === "POST" ? "{}" : ""]);
    }
  });

  it("has a method for each operation", () => {
    const client = new CollectorClient({ url });
    const missing = OPERATIONS.map(({ name }) => name).filter(
      (name) => typeof Reflect.get(client, name) !== "function",
    );
    expect(missing).toEqual([]);
  });

  it("sends any parameters as a query, and the members of a POST as its body", async () => {
    const soname = "lib a&b=c#ü+%.so";
    const query = await requestOf((client) => client.affectedJobs({ soname, limit: 5 }));
    const parameters = new URL(query?.url ?? "", url).searchParams;
    expect([...parameters]).toEqual([
      ["soname", soname],
      ["limit", "5"],
    ]);
    const forget = await requestOf((client) => client.forget({ user: "x'y" }));
    expect([forget?.headers["content-type"], forget?.body]).toEqual(["application/json", '{"user":"x\'y"}']);
  });

  it("sends no Authorization header without a token", async () => {
    seen = [];
    respond = (response) => response.end("{}");
    await new CollectorClient({ url }).overview({});
    expect(seen[0]?.headers).not.toHaveProperty("authorization");
  });

  const failing = (answer: (response: ServerResponse) => void, timeout = 60_000) => {
    respond = answer;
    return new CollectorClient({ url, token: "a-token", timeout }).overview({});
  };

  it("raises the collector's own error", async () => {
    const refusals = [
      { status: 400, code: "INVALID_PARAMETER", message: "since must be a date", parameter: "since" },
      { status: 401, code: "TOKEN_REQUIRED", message: "a token is needed" },
      { status: 503, code: "ANSWER_NOT_READY", message: "ask again later" },
    ];
    for (const { status, ...body } of refusals) {
      const { code, message, parameter: value } = body;
      const refused = failing((response) => response.writeHead(status).end(JSON.stringify(body)));
      await expect(refused).rejects.toMatchObject({ code, message, value });
    }
  });

  it("raises COLLECTOR_REFUSED with the text of an error that it does not know", async () => {
    const refuse = (body: unknown) => failing((response) => response.writeHead(418).end(JSON.stringify(body)));
    // NOT_ELF is a code of this library that no collector answers.
    for (const code of ["TEA_ONLY", "NOT_ELF", "toString"]) {
      await expect(refuse({ code, message: "no coffee" })).rejects.toMatchObject({
        code: "COLLECTOR_REFUSED",
        message: `${url} answered 418 ${code}: no coffee`,
        value: code,
      });
    }
    for (const body of [{}, null, []]) await expect(refuse(body)).rejects.toMatchObject({ code: "COLLECTOR_REFUSED" });
  });

  it("refuses an unusable URL, and the name of no operation, as mistakes of the program", async () => {
    for (const unusable of ["", "127.0.0.1:7972", "ftp://127.0.0.1", "/api", "http://127.0.0.1:7972/api"]) {
      const options = { url: unusable, onProcess: () => {} };
      expect(() => new CollectorClient(options)).toThrow(/^not the URL of an HTTP server/);
      expect(() => subscribe(options)).toThrow(/^not the URL of an HTTP server/);
    }
    const misspelt = { server: url } as never;
    expect(() => new CollectorClient(misspelt)).toThrow(/^url is required/);
    expect(() => subscribe(misspelt)).toThrow(/^url is required/);
    const unknown = new CollectorClient({ url: new URL(url) }).ask("jbs" as "jobs", {});
    await expect(unknown).rejects.toThrow("no operation of a collector: jbs; did you mean jobs?");
  });

  it("names the scheme to try when the server there speaks another protocol", async () => {
    const secure = new CollectorClient({ url: url.replace("http:", "https:") });
    await expect(secure.overview({})).rejects.toThrow(/has no TLS; try http:/);
    await expect(failing((response) => response.socket?.destroy())).rejects.toThrow(
      /closed the connection; try https:/,
    );
  });

  it("asks without an input where none is required", async () => {
    expect((await requestOf((client) => client.jobs()))?.url).toBe("/api/v1/jobs");
    expect((await requestOf((client) => client.loginLink()))?.body).toBe("{}");
  });

  it("raises COLLECTOR_UNREACHABLE without an answer in JSON, and follows no redirect", async () => {
    const unreachable = { code: "COLLECTOR_UNREACHABLE", message: expect.stringContaining(url) };
    await expect(failing((response) => response.end("<html>"))).rejects.toMatchObject(unreachable);
    await expect(failing((response) => response.socket?.destroy())).rejects.toMatchObject(unreachable);
    seen = [];
    const elsewhere = failing((response) => response.writeHead(302, { location: `${url}/elsewhere` }).end());
    await expect(elsewhere).rejects.toMatchObject(unreachable);
    expect(seen).toHaveLength(1);
    const closed = new CollectorClient({ url: "http://127.0.0.1:1" });
    await expect(closed.overview({})).rejects.toMatchObject({ code: "COLLECTOR_UNREACHABLE" });
  });

  it("limits the time of an answer, also after it has begun", async () => {
    await expect(failing(() => {}, 50)).rejects.toMatchObject({ code: "COLLECTOR_UNREACHABLE" });
    await expect(failing((response) => response.write("{"), 50)).rejects.toMatchObject({
      code: "COLLECTOR_UNREACHABLE",
      message: expect.stringMatching(/timeout/i),
    });
  });
});
