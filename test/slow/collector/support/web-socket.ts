import { once } from "node:events";
import WebSocket from "ws";
import type { RunningCollector } from "../../../support/collector.js";

/** A WebSocket to the collector, open. */
export async function webSocket(collector: RunningCollector, path: string): Promise<WebSocket> {
  const socket = new WebSocket(`${collector.where.http.replace("http", "ws")}${path}`, {
    headers: { authorization: `Bearer ${collector.token}` },
  });
  socket.on("error", () => {});
  await once(socket, "open");
  return socket;
}
