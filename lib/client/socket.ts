/*
 * One connection, in a browser or in Node. Node before 22 has no WebSocket, and no browser's can send a token, so with a
 * token the package `ws` is used.
 */

export interface StreamSocket {
  readonly close: () => void;
}

/** Exactly one of `closed` and `refused` is called in the end, unless the connection is closed from here. */
export interface SocketHandlers {
  readonly opened: () => void;
  readonly message: (text: string) => void;
  readonly closed: (code: number, reason: string) => void;
  /** HTTP answered instead of a WebSocket. */
  readonly refused: (status: number, reason: string) => void;
}

const PROTOCOL = "ogrt.v1+json";
/** The collector sends a ping every 30 s: without one for so many milliseconds nobody is there. */
const SILENCE_LIMIT = 75_000;
/** Milliseconds in which a server that took a connection has to answer. */
const HANDSHAKE_LIMIT = 30_000;

/** Whom to believe: an authority of the site's own (PEM), or anybody, where something else than TLS proves who it is. */
export type Trust = { readonly ca: string } | { readonly rejectUnauthorized: false };

/** Who asks, where that is no browser with its cookie. */
export interface Credentials {
  readonly token: string;
  readonly trust: Trust | undefined;
}

export function openSocket(url: URL, as: Credentials | undefined, handlers: SocketHandlers): StreamSocket {
  return as === undefined ? openInBrowser(url, handlers) : openInNode(url, as, handlers);
}

function openInBrowser(url: URL, handlers: SocketHandlers): StreamSocket {
  const socket = new WebSocket(url, PROTOCOL);
  let isOpen = false;
  let isWanted = true;
  socket.onopen = () => {
    isOpen = true;
    handlers.opened();
  };
  socket.onmessage = ({ data }) => handlers.message(data as string);
  socket.onclose = async ({ code, reason }) => {
    if (!isWanted) return;
    if (isOpen) return handlers.closed(code, reason || "the connection broke");
    // Browsers don't tell why a connection was refused: the same door answers a plain request in words.
    const status = await statusOf(url);
    if (!isWanted) return;
    if (status === 401 || status === 403) handlers.refused(status, "the session has ended");
    else handlers.closed(code, "the collector does not answer");
  };
  return {
    close: () => {
      isWanted = false;
      socket.close();
    },
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

function openInNode(url: URL, { token, trust }: Credentials, handlers: SocketHandlers): StreamSocket {
  let close = () => {};
  let isWanted = true;
  const open = async () => {
    const { WebSocket } = await import("ws");
    if (!isWanted) return;
    const socket = new WebSocket(url, PROTOCOL, {
      ...trust,
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_LIMIT,
    });
    let silence: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => socket.terminate(), SILENCE_LIMIT);
    };
    let problem = "the connection broke";
    socket.on("open", () => {
      heard();
      handlers.opened();
    });
    socket.on("ping", heard);
    socket.on("message", (data) => isWanted && handlers.message(data.toString()));
    socket.on("error", (error) => {
      problem = error.message;
    });
    socket.on("unexpected-response", (request, response) => {
      isWanted = false;
      request.destroy();
      handlers.refused(response.statusCode ?? 0, `the collector answered ${response.statusCode}`);
    });
    socket.on("close", (code, reason) => {
      clearTimeout(silence);
      if (isWanted) handlers.closed(code, reason.toString() || problem);
    });
    close = () => socket.close();
  };
  open().catch(() => isWanted && handlers.refused(0, "the package ws is not installed; npm install ws installs it"));
  return {
    close: () => {
      isWanted = false;
      close();
    },
  };
}
