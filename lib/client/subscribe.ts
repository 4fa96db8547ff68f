import { Backoff } from "../shared/backoff.js";
import type { components } from "./generated/api.js";
import { originOf } from "./origin.js";
import { Recent } from "./recent.js";
import { openSocket, type Trust } from "./socket.js";

/** Selects processes; a process must match all given filters. */
export interface StreamFilters {
  /** `[CLUSTER:]ID`, with `_TASK` for a task of an array job. */
  readonly job?: string | undefined;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly host?: string | undefined;
  /** At least one object of the process has this verdict. */
  readonly verdict?: string | undefined;
  /** Name glob; at least one object of the process has such a path. */
  readonly path?: string | undefined;
}

type StoredProcess = components["schemas"]["Process"];

/** A message of the stream: a process, or with `part` one frame of its record. */
export interface StreamedProcess extends Omit<StoredProcess, "counts" | "end" | "execOf"> {
  readonly type: "process";
  /** Set when the record came in several frames: `index` is the position of this one. */
  readonly part: { readonly index: number; readonly totalObjects: number } | null;
  /** Stamps that were verified on disk in several builds of one file name. */
  readonly conflicts: readonly {
    readonly signature: string;
    readonly fileName: string;
    readonly buildIds: readonly string[];
  }[];
}

/** A message of the stream: verdicts that came after their process. They replace those of the message with this UUID and part. */
export interface StreamedAmendment
  extends Pick<StreamedProcess, "uuid" | "job" | "received" | "objects" | "conflicts"> {
  readonly type: "amendment";
  readonly cluster: string | null;
  readonly record: "start";
  /** Position of the frame in its record; 0 unless the record came in several frames. */
  readonly part: number;
  readonly claimed: Pick<StreamedProcess["claimed"], "user" | "host">;
  /** Null for later frames of a record. */
  readonly program: StreamedProcess["program"] | null;
}

/** State of a subscription. */
export type StreamState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** The connection broke; the client connects again after `delay` milliseconds. */
  | { readonly kind: "waiting"; readonly delay: number; readonly reason: string }
  /**
   * The collector refuses the subscription for good. `status` is that of HTTP, such as 401 without a token, or 0; `code`
   * and `reason` are those of the collector's error.
   */
  | { readonly kind: "refused"; readonly status: number; readonly reason: string; readonly code?: string | undefined }
  /** {@link Subscription.close} was called. */
  | { readonly kind: "closed" };

export interface SubscribeOptions {
  /**
   * Base URL of the collector, such as `http://127.0.0.1:7972`; or a function that returns it before each connection,
   * and rejects to postpone the connection.
   */
  readonly url: string | URL | (() => Promise<string | URL>);
  /** The collector's token. A browser needs none: its cookie authenticates it. */
  readonly token?: string | undefined;
  /** In Node, with a token: certificates to trust instead of Node's own authorities. */
  readonly trust?: Trust | undefined;
  readonly filters?: StreamFilters;
  /** Number of newest records to begin with, at most 1000. */
  readonly last?: number;
  readonly onProcess: (process: StreamedProcess) => void;
  /** Verdicts of a process came later, after it was delivered with `unchecked (pending)`. */
  readonly onAmendment?: (amendment: StreamedAmendment) => void;
  /** The collector left out `count` messages because this subscriber reads too slowly. */
  readonly onLost?: (count: number) => void;
  readonly onState?: (state: StreamState) => void;
}

export interface Subscription {
  readonly state: StreamState;
  readonly close: () => void;
}

/** Records that the collector keeps for new subscribers, and so can repeat after a gap. */
const MAX_REPLAYED_RECORDS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Close codes (RFC 6455 section 7.4.1) after which another attempt would fail, too. */
const FATAL_CLOSE_CODES = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/**
 * Subscribes to the live stream of a collector. When the connection breaks, the client connects again after growing
 * delays, and the collector repeats what it still holds (1000 records, 8 MiB). Each frame of a record is delivered
 * once.
 *
 * @throws TypeError when `url` is neither the URL of an HTTP server nor a function, when `onProcess` is missing, or when
 *   there is no token and no WebSocket of a browser.
 */
export function subscribe(options: SubscribeOptions): Subscription {
  const backoff = new Backoff({ longestMs: LONGEST_PAUSE_MS });
  const recent = new Recent();
  let state: StreamState = { kind: "connecting" };
  let closeSocket = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let resuming = false;
  let isClosed = false;

  const enter = (next: StreamState) => {
    state = next;
    options.onState?.(next);
  };

  const receive = (text: string) => {
    const message = JSON.parse(text) as StreamedProcess | StreamedAmendment | { type: "lost"; count: number };
    if (message.type === "lost") options.onLost?.(message.count);
    else if (!recent.isNew(message, resuming)) return;
    else if (message.type === "amendment") options.onAmendment?.(message);
    else options.onProcess(message);
  };

  const retry = (reason: string) => {
    const delay = backoff.next();
    timer = setTimeout(connect, delay);
    enter({ kind: "waiting", delay, reason });
  };

  const { token, trust } = options;
  const url = typeof options.url === "function" ? options.url : originOf(options.url);
  const credentials = token === undefined ? undefined : { token, trust };
  if (typeof options.onProcess !== "function") throw new TypeError("onProcess is required: it gets each process");
  if (token === undefined && globalThis.WebSocket === undefined) {
    throw new TypeError("token is required in Node.js: the content of the file token in the data directory");
  }

  const open = (base: string | URL) => {
    const address = streamAddress(base, options.filters, resuming ? MAX_REPLAYED_RECORDS : (options.last ?? 0));
    closeSocket = openSocket(address, credentials, {
      onOpen: () => {
        backoff.reset();
        recent.start();
        enter({ kind: "open" });
      },
      onMessage: receive,
      onClosed: (code, reason) => {
        resuming ||= state.kind === "open";
        if (FATAL_CLOSE_CODES.has(code))
          enter({ kind: "refused", status: 0, reason: `the collector closed the connection with code ${code}` });
        else retry(reason);
      },
      onRefused: (status, reason, code) => {
        // The server may accept a later attempt.
        if (status >= 500 || status === 429) retry(reason);
        else enter({ kind: "refused", status, reason, code });
      },
    });
  };

  const connect = () => {
    enter({ kind: "connecting" });
    // The listener may have closed the subscription.
    if (isClosed) return;
    if (typeof url !== "function") return open(url);
    url().then(
      (found) => isClosed || open(found),
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
      closeSocket();
      enter({ kind: "closed" });
    },
  };
}

function streamAddress(base: string | URL, filters: StreamFilters | undefined, last: number): URL {
  const url = new URL("/stream", base);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  for (const [name, value] of Object.entries(filters ?? {})) {
    if (value !== undefined && value !== "") url.searchParams.set(name, value);
  }
  if (last > 0) url.searchParams.set("last", `${last}`);
  return url;
}
