import { OgrtError } from "../errors.js";
import type { Server } from "./client.js";
import type { StreamedProcess } from "./json.js";
import { missingEngine } from "./store/engine.js";

/** What a collector's live stream says. */
type StreamMessage = StreamedProcess | { readonly type: "lost"; readonly count: number };

/**
 * Messages of a live stream, until it ends.
 *
 * @throws {@link OgrtError} COLLECTOR_UNREACHABLE, ENGINE_MISSING.
 */
export async function* followStream(
  { url, token, trust }: Server,
  filters: Readonly<Record<string, string>>,
): AsyncGenerator<StreamMessage> {
  const { WebSocket } = await import("ws").catch((cause) => {
    throw missingEngine("ws", cause);
  });
  const address = new URL("/stream", url);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.search = new URLSearchParams(filters).toString();
  const socket = new WebSocket(address, ["ogrt.v1+json"], {
    ...trust,
    headers: { authorization: `Bearer ${token}` },
  });
  const waiting: StreamMessage[] = [];
  let wake: () => void = () => {};
  let end: OgrtError | "closed" | undefined;
  const failure = (reason: string) => new OgrtError("COLLECTOR_UNREACHABLE", `${url}: ${reason}`, { value: url });
  socket.on("message", (data) => {
    waiting.push(JSON.parse(`${data}`) as StreamMessage);
    // Who reads slowly makes the collector wait, and then count what is lost.
    socket.pause();
    wake();
  });
  socket.on("unexpected-response", (request, response) => {
    end = failure(`the stream was refused with ${response.statusCode}`);
    request.destroy();
    wake();
  });
  socket.on("error", (error) => {
    end ??= failure(error.message);
    wake();
  });
  socket.on("close", () => {
    end ??= "closed";
    wake();
  });
  try {
    for (;;) {
      for (const message of waiting.splice(0)) yield message;
      if (end !== undefined) break;
      if (socket.isPaused) socket.resume();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (end !== "closed") throw end;
  } finally {
    socket.terminate();
  }
}
