import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Document } from "../../../lib/collector/outputs/worker/document.js";
import { jsonLinesSink } from "../../../lib/collector/outputs/worker/json-lines.js";
import { temporaryFolder } from "../../support/folder.js";
import { StreamReceiver } from "./support/line-receiver.js";
import { eventually } from "./support/outputs.js";

const folder = temporaryFolder();
const never = new AbortController().signal;
let receiver: StreamReceiver;

beforeEach(async () => {
  receiver = new StreamReceiver();
  await receiver.start();
});
afterEach(() => receiver.stop());

const documents = (from: number, count: number, size = 10) =>
  Array.from({ length: count }, (_, index) => {
    const sequence = from + index;
    return { sequence, text: JSON.stringify({ sequence, text: "x".repeat(size) }) } as Document;
  });
const sequences = () => receiver.lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const open = (confirm: "close" | "none" = "close") =>
  jsonLinesSink({ address: `tcp://127.0.0.1:${receiver.port}`, confirm });

describe("JSON lines over TCP", () => {
  it("are acknowledged when the receiver has closed the connection after them", async () => {
    const sink = open();
    await sink.deliver(documents(1, 3), never);
    await sink.deliver(documents(4, 3), never);
    await sink.confirm?.(never);
    expect(sequences()).toEqual(range(1, 6));
    expect(receiver.streams).toHaveLength(1);
    await sink.deliver(documents(7, 1), never);
    await sink.confirm?.(never);
    expect(sequences()).toEqual(range(1, 7));
    expect(receiver.streams).toHaveLength(2);
  });

  it("wait for a slow receiver", async () => {
    receiver.onData = (socket) => {
      socket.pause();
      setTimeout(() => socket.resume(), 2);
    };
    const sink = open();
    await sink.deliver(documents(1, 40, 100_000), never);
    await sink.confirm?.(never);
    expect(sequences()).toEqual(range(1, 40));
  });

  it("fail if no receiver listens", async () => {
    await receiver.stop();
    await expect(open().deliver(documents(1, 1), never)).rejects.toThrow(/ECONNREFUSED/);
  });

  it("are not acknowledged when the receiver resets the connection, or closes it early", async () => {
    for (const close of ["resetAndDestroy", "end"] as const) {
      receiver.onData = (socket, received) => {
        if (received > 300_000) socket[close]();
      };
      const sink = open();
      const deliverAndConfirm = async () => {
        await sink.deliver(documents(1, 20, 100_000), never);
        await sink.confirm?.(never);
      };
      await expect(deliverAndConfirm()).rejects.toThrow();
      receiver.onData = () => {};
      await deliverAndConfirm();
      expect(sequences().slice(-20)).toEqual(range(1, 20));
      await sink.close();
    }
  });

  it("are not acknowledged when the receiver closes before the output has ended its stream", async () => {
    // The receiver reads one chunk, then ends its side without waiting for the output to end its own.
    receiver.onData = (socket) => socket.end();
    const sink = open();
    const deliverAndConfirm = async () => {
      await sink.deliver(documents(1, 1), never);
      await sink.confirm?.(never);
    };
    await expect(deliverAndConfirm()).rejects.toThrow(/the receiver closed the connection/);
  });

  it("are not acknowledged when the receiver closes with unread data", async () => {
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      socket.on("error", () => {});
      // The kernel has accepted all data, but the program reads none.
      setTimeout(() => socket.destroy(), 300);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const sink = jsonLinesSink({ address: `tcp://127.0.0.1:${port}`, confirm: "close" });
    await sink.deliver(documents(1, 5), never);
    await expect(sink.confirm?.(never)).rejects.toThrow();
    await new Promise((resolve) => server.close(resolve));
  });

  it("with confirm = none share one connection and are never confirmed", async () => {
    const sink = open("none");
    expect(sink.confirm).toBeUndefined();
    await sink.deliver(documents(1, 2), never);
    await sink.deliver(documents(3, 2), never);
    await eventually(sequences, ({ length }) => length === 4);
    expect(receiver.streams).toHaveLength(1);
    await sink.close();
  });

  it("are aborted when the collector stops", async () => {
    receiver.onData = (socket) => socket.pause();
    const sink = open();
    const stop = new AbortController();
    const delivering = sink.deliver(documents(1, 400, 100_000), stop.signal);
    delivering.catch(() => {});
    await sleep(100);
    stop.abort();
    await expect(delivering).rejects.toThrow(/stopped/);
  });
});

describe("JSON lines over TLS", () => {
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name)) as [string, string];
  execFileSync(
    "openssl",
    [
      ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost".split(" "),
      ...["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
    ],
    { stdio: "ignore" },
  );

  it("go only to a receiver with a trusted certificate", async () => {
    await receiver.stop();
    receiver = new StreamReceiver();
    await receiver.start({ key: readFileSync(key), cert: readFileSync(cert) });
    const address = `tls://localhost:${receiver.port}`;
    const sink = jsonLinesSink({ address, confirm: "close", "ca-file": cert });
    await sink.deliver(documents(1, 50, 10_000), never);
    await sink.confirm?.(never);
    expect(sequences()).toEqual(range(1, 50));
    const distrusting = jsonLinesSink({ address, confirm: "close" });
    await expect(distrusting.deliver(documents(1, 1), never)).rejects.toThrow(/self-signed|certificate/);
    expect(sequences()).toHaveLength(50);
  });
});
