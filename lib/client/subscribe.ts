import { Backoff } from "../shared/backoff.js";
import type { components } from "./generated/api.js";
import { Recent } from "./recent.js";
import { openSocket, type StreamSocket, type Trust } from "./socket.js";

/** What a subscriber wants to see; all that is given must hold. */
export interface StreamFilters {
  readonly job?: string | undefined;
  readonly user?: string | undefined;
  readonly host?: string | undefined;
  /** At least one object of the process has it. */
  readonly verdict?: string | undefined;
  /** Name glob; at least one object of the process has such a path. */
  readonly path?: string | undefined;
}

type StoredProcess = components["schemas"]["Process"];

/** A message of the stream: a process, or with `part` one frame of its record. */
export interface StreamedProcess extends Omit<StoredProcess, "counts" | "end" | "execOf"> {
  readonly type: "process";
  /** Place of this frame in a record that came in several. */
  readonly part: { readonly index: number; readonly totalObjects: number } | null;
  /** Stamps that were verified on disk under one file name on two builds. */
  readonly conflicts: readonly {
    readonly signature: string;
    readonly fileName: string;
    readonly buildIds: readonly string[];
  }[];
}

/** How a subscription stands. */
export type StreamState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** The connection broke; it is tried again after `delay` milliseconds. */
  | { readonly kind: "waiting"; readonly delay: number; readonly reason: string }
  /** The collector refuses, so that trying again is no use: `status` is HTTP's, for example 401 without a token. */
  | { readonly kind: "refused"; readonly status: number; readonly reason: string }
  /** {@link Subscription.close} was called. */
  | { readonly kind: "closed" };

export interface SubscribeOptions {
  /**
   * Of the collector, as `http://127.0.0.1:7980`; or who is asked for it before each connection, and refuses where it
   * should not be made yet.
   */
  readonly server: string | URL | (() => Promise<string | URL>);
  /** The collector's token. Browsers leave it out: they have a cookie, and can't send a token with a WebSocket. */
  readonly token?: string | undefined;
  /** In Node, with a token: whom the collector's certificate is checked against, where not by Node's own authorities. */
  readonly trust?: Trust | undefined;
  readonly filters?: StreamFilters;
  /** Begin with so many of the newest records, at most 1000. */
  readonly last?: number;
  readonly onProcess: (process: StreamedProcess) => void;
  /** So many messages were left out because this subscriber reads too slowly. */
  readonly onLost?: (count: number) => void;
  readonly onState?: (state: StreamState) => void;
}

export interface Subscription {
  readonly state: StreamState;
  readonly close: () => void;
}

/** Records that the collector keeps for newcomers, and so what may be made up for after a gap. */
const REPLAY_LIMIT = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Close codes (RFC 6455 section 7.4.1) after which another attempt would fail, too. */
const FATAL = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/**
 * Follows the live stream of a collector until it is closed. A connection that breaks is opened anew, with growing
 * pauses, and what came in between is made up for as far as the collector holds it (1000 records, 8 MiB): each frame of
 * a record is handed over once.
 */
export function subscribe(options: SubscribeOptions): Subscription {
  const backoff = new Backoff({ longestMs: LONGEST_PAUSE_MS });
  const recent = new Recent();
  let state: StreamState = { kind: "connecting" };
  let socket: StreamSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let resuming = false;
  let isClosed = false;

  const enter = (next: StreamState) => {
    state = next;
    options.onState?.(next);
  };

  const receive = (text: string) => {
    const message = JSON.parse(text) as StreamedProcess | { type: "lost"; count: number };
    if (message.type === "lost") options.onLost?.(message.count);
    else if (recent.isNew(message, resuming)) options.onProcess(message);
  };

  const retry = (reason: string) => {
    const delay = backoff.next();
    timer = setTimeout(connect, delay);
    enter({ kind: "waiting", delay, reason });
  };

  const { token, trust } = options;
  const credentials = token === undefined ? undefined : { token, trust };

  const open = (server: string | URL) => {
    const url = streamAddress(server, options.filters, resuming ? REPLAY_LIMIT : (options.last ?? 0));
    socket = openSocket(url, credentials, {
      opened: () => {
        backoff.reset();
        recent.start();
        enter({ kind: "open" });
      },
      message: receive,
      closed: (code, reason) => {
        resuming ||= state.kind === "open";
        if (FATAL.has(code)) enter({ kind: "refused", status: 0, reason: `the connection was closed with ${code}` });
        else retry(reason);
      },
      refused: (status, reason) => {
        // What the server could not do now it may do later.
        if (status >= 500 || status === 429) retry(reason);
        else enter({ kind: "refused", status, reason });
      },
    });
  };

  const connect = () => {
    enter({ kind: "connecting" });
    // Who is told of a state may close.
    if (isClosed) return;
    const { server } = options;
    if (typeof server !== "function") return open(server);
    server().then(
      (url) => isClosed || open(url),
      (error: Error) => isClosed || retry(error.message),
    );
  };

  connect();
  return {
    get state() {
      return state;
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      socket?.close();
      enter({ kind: "closed" });
    },
  };
}

function streamAddress(server: string | URL, filters: StreamFilters | undefined, last: number): URL {
  const url = new URL("/stream", server);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  for (const [name, value] of Object.entries(filters ?? {})) {
    if (value !== undefined && value !== "") url.searchParams.set(name, value);
  }
  if (last > 0) url.searchParams.set("last", `${last}`);
  return url;
}
