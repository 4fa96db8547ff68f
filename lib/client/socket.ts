/*
 * One connection of a subscription, in a browser or in Node. With a token it uses the package `ws`: the browser's
 * WebSocket cannot send a token, and Node has none before version 22.
 */

import type { Refusal } from "./refusal.js";

/** Each connection ends with one call of `onClosed` or `onRefused`, unless this side closes it. */
export interface SocketHandlers {
  readonly onOpen: () => void;
  readonly onMessage: (text: string) => void;
  readonly onClosed: (code: number, reason: string) => void;
  /** The server answered the upgrade request with an HTTP status. */
  readonly onRefused: (status: number, reason: string, code?: string) => void;
}

const SUBPROTOCOL = "ogrt.v1+json";
/** The collector sends a ping every 30 s; without one for this time the connection is dead. */
const PING_TIMEOUT_MS = 75_000;
const HANDSHAKE_TIMEOUT_MS = 30_000;
const MAX_REFUSAL_CHARACTERS = 4096;

/** Certificates to trust: those of an authority (PEM), or all, when the server is identified in another way. */
export type Trust = { readonly ca: string } | { readonly rejectUnauthorized: false };

/** How a client that is not a browser with a session authenticates. */
export interface Credentials {
  readonly token: string;
  readonly trust: Trust | undefined;
}

type Close = () => void;

/** @returns a function that closes the connection. */
export const openSocket = (url: URL, as: Credentials | undefined, handlers: SocketHandlers): Close =>
  as === undefined ? openInBrowser(url, handlers) : openInNode(url, as, handlers);

function openInBrowser(url: URL, handlers: SocketHandlers): Close {
  const socket = new WebSocket(url, SUBPROTOCOL);
  let isOpen = false;
  let isInUse = true;
  socket.onopen = () => {
    isOpen = true;
    handlers.onOpen();
  };
  socket.onmessage = ({ data }) => handlers.onMessage(data as string);
  socket.onclose = async ({ code, reason }) => {
    if (!isInUse) return;
    if (isOpen) return handlers.onClosed(code, reason || "the connection broke");
    // Browsers do not say why the server refused a connection. A plain request gets the same status.
    const status = await statusOf(url);
    if (!isInUse) return;
    if (status === 401 || status === 403) handlers.onRefused(status, "the session has ended");
    else handlers.onClosed(code, "the collector does not answer");
  };
  return () => {
    isInUse = false;
    socket.close();
  };
}

async function statusOf(stream: URL): Promise<number> {
  const url = new URL("/api/v1/accounting", stream);
  url.protocol = stream.protocol === "wss:" ? "https:" : "http:";
  try {
    return (await fetch(url)).status;
  } catch {
    return 0;
  }
}

function openInNode(url: URL, { token, trust }: Credentials, handlers: SocketHandlers): Close {
  let close = () => {};
  let isInUse = true;
  const open = async () => {
    const { WebSocket } = await import("ws").catch(() => {
      throw new Error("the package ws is not installed; npm install ws installs it");
    });
    if (!isInUse) return;
    const socket = new WebSocket(url, SUBPROTOCOL, {
      ...trust,
      // As fetch does with a token that was read with the end of its line.
      headers: { authorization: `Bearer ${token.trim()}` },
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    });
    let pingTimer: ReturnType<typeof setTimeout> | undefined;
    const restartPingTimer = () => {
      clearTimeout(pingTimer);
      pingTimer = setTimeout(() => socket.terminate(), PING_TIMEOUT_MS);
    };
    let problem = "the connection broke";
    socket.on("open", () => {
      restartPingTimer();
      handlers.onOpen();
    });
    socket.on("ping", restartPingTimer);
    socket.on("message", (data) => isInUse && handlers.onMessage(data.toString()));
    socket.on("error", (error) => {
      problem = error.message;
    });
    let isRefused = false;
    socket.on("unexpected-response", async (request, response) => {
      isRefused = true;
      const { statusCode: status = 0 } = response;
      const { message = `the collector answered ${status}`, code } = await readRefusal(response);
      request.destroy();
      if (isInUse) handlers.onRefused(status, message, code);
    });
    socket.on("close", (code, reason) => {
      clearTimeout(pingTimer);
      if (isInUse && !isRefused) handlers.onClosed(code, reason.toString() || problem);
    });
    close = () => socket.close();
  };
  open().catch((error: Error) => isInUse && handlers.onRefused(0, error.message));
  return () => {
    isInUse = false;
    close();
  };
}

/** Empty when the answer is not that of a collector. */
async function readRefusal(response: AsyncIterable<unknown>): Promise<Refusal> {
  let text = "";
  try {
    for await (const chunk of response) {
      text += chunk;
      if (text.length > MAX_REFUSAL_CHARACTERS) break;
    }
    return (JSON.parse(text) as Refusal | null) ?? {};
  } catch {
    return {};
  }
}
