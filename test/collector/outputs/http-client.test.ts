import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import { HttpClient } from "../../../lib/collector/outputs/worker/elasticsearch/http-client.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
setFlagsFromString("--no-expose-gc");

const sockets: Socket[] = [];
const REQUEST = { method: "POST", path: "/_bulk", contentType: "application/json", body: "{}" } as const;

/** Starts a server that calls `answer` with each connection on which a request arrives; returns its URL. */
async function serve(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    socket.once("data", () => answer(socket));
  });
  server.unref().listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

describe("a request to a server", () => {
  it.each<[string, string]>([
    ["never answers", ""],
    ["stops in the middle of its answer", 'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"items"'],
  ])("that %s fails at its time limit, also when garbage is collected meanwhile", async (_, text) => {
    const client = new HttpClient(await serve((socket) => socket.write(text)), undefined, 300);
    const answer = client.send(REQUEST, undefined, new AbortController().signal);
    const failed = expect(answer).rejects.toThrow("no answer within 0.3 s");
    for (let round = 0; round < 5; round++) {
      await sleep(20);
      collectGarbage();
    }
    await failed;
    client.close();
  });

  it("fails when the output stops", async () => {
    const stopping = new AbortController();
    const client = new HttpClient(await serve(() => stopping.abort(new Error("stopped"))), undefined);
    await expect(client.send(REQUEST, undefined, stopping.signal)).rejects.toThrow("stopped");
    client.close();
  });

  it.each<[string, string, string]>([
    [
      "closes the connection in the middle of its answer",
      "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{",
      "other side closed",
    ],
    ["does not answer in HTTP", "+OK ready\r\n", "does not match the HTTP/1.1 protocol"],
  ])("fails if the server %s", async (_, text, sentence) => {
    const client = new HttpClient(await serve((socket) => socket.end(text)), undefined);
    await expect(client.send(REQUEST, undefined, new AbortController().signal)).rejects.toThrow(sentence);
    client.close();
  });

  it("fails if the answer is longer than the client accepts", async () => {
    const size = 33 * 1024 * 1024;
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`;
    const client = new HttpClient(await serve((socket) => socket.end(head + " ".repeat(size))), undefined);
    await expect(client.send(REQUEST, undefined, new AbortController().signal)).rejects.toThrow("exceeded");
    await client.close();
  });
});
