import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { OgrtError } from "../../errors.js";
import { answer } from "../answers/registry.js";
import type { FromFeed, ToFeed } from "./feed-protocol.js";
import type { FromStore, PlainError, TaskName, ToStore } from "./protocol.js";
import { OpenStore } from "./worker/open-store.js";

/*
 * The store thread: owns the database. A commit waits for the disk, so nothing else may wait for this thread. Appends,
 * queries and tasks go on beside each other; each kind one after the other, in the order in which they came.
 */

/** In milliseconds. Together less than the time after which HTTP closes a connection that is silent. */
const QUERY_LIMITS = { begin: 20_000, limit: 30_000 };
/** Tasks during which the file is closed. */
const ALONE: readonly TaskName[] = ["swap"];
/** Tasks after which numbers that readers have seen may stand for something else. */
const CHANGING: readonly TaskName[] = ["swap", "resolve"];

if (parentPort === null) throw new Error("runs as a worker thread");
const main = parentPort;
const { path } = workerData as { path: string };
const say = (message: FromStore) => main.postMessage(message);
const plain = (error: unknown): PlainError => ({
  code: error instanceof OgrtError ? error.code : undefined,
  message: error instanceof Error ? error.message : String(error),
  value: error instanceof OgrtError && typeof error.value === "string" ? error.value : undefined,
});

type Queue = "append" | "query" | "task" | "feed";

/** The end of the last piece of work of each kind. */
const last: Record<Queue, Promise<unknown>> = {
  append: Promise.resolve(),
  query: Promise.resolve(),
  task: Promise.resolve(),
  feed: Promise.resolve(),
};
const ALL = Object.keys(last) as Queue[];

/** Does work when everything before it in these queues is done. */
function inTurn<T>(queues: readonly Queue[], work: () => Promise<T>): Promise<T> {
  const result = Promise.all(queues.map((queue) => last[queue])).then(work);
  const finished = result.catch(() => {});
  for (const queue of queues) last[queue] = finished;
  return result;
}

function run<T>(id: number, queues: readonly Queue[], work: () => Promise<T>): Promise<void> {
  return inTurn(queues, work).then(
    (result) => say({ kind: "done", id, result: result as never }),
    (error: unknown) => say({ kind: "failed", id, error: plain(error) }),
  );
}

const readers = new Set<MessagePort>();
const tellReaders = (message: FromFeed) => {
  for (const port of readers) port.postMessage(message);
};

function serveReader(store: OpenStore, port: MessagePort): void {
  const answer = (message: FromFeed) => port.postMessage(message);
  readers.add(port);
  port.on("close", () => readers.delete(port));
  port.on("message", ({ id, request }: ToFeed) => {
    inTurn([request.name === "commitCursor" ? "append" : "feed"], () => store.feed(request)).then(
      (result) => answer({ kind: "done", id, result }),
      (error: unknown) => answer({ kind: "failed", id, error: plain(error) }),
    );
  });
}

/** Work for the sake of questions, in their turn. Nobody waits for it: a question meets its error again. */
function aside(work: () => Promise<void>): void {
  inTurn(["query"], work).catch(() => {});
}

let isDigesting = false;

/** Step by step, so that questions come in between. */
function digest(store: OpenStore): void {
  if (isDigesting) return;
  isDigesting = true;
  aside(async () => {
    const isBehind = await store.rollUp().finally(() => {
      isDigesting = false;
    });
    if (isBehind) digest(store);
  });
}

function serve(store: OpenStore): void {
  main.on("message", (message: ToStore) => {
    switch (message.kind) {
      case "append":
        // A retry after a failure closes the file for a moment, so nothing else may go on then.
        void run(message.id, store.isSuspect ? ALL : ["append"], async () => {
          const sequence = await store.append(message.batch, message.number);
          tellReaders({ kind: "head", sequence });
        });
        break;
      case "query": {
        const asked = Date.now();
        void run(message.id, ["query"], () =>
          store.query((context) => answer(context, message.request), asked, QUERY_LIMITS),
        );
        break;
      }
      case "task": {
        const { name } = message.request;
        void run(message.id, ALONE.includes(name) ? ALL : ["task"], async () => {
          const result = await store.task(message.request);
          if (CHANGING.includes(name)) tellReaders({ kind: "changed" });
          return result;
        });
        break;
      }
      case "reader":
        serveReader(store, message.port);
        break;
      case "digest":
        digest(store);
        break;
      case "names":
        aside(() => store.name(message.names));
        break;
      case "settings":
        store.settings = message.settings;
        break;
      case "close":
        void inTurn(ALL, () => store.end()).then(() => {
          for (const port of readers) port.close();
          main.close();
        });
        break;
    }
  });
}

try {
  const store = new OpenStore(path, (state) => say({ kind: "digest", state }));
  const state = await store.state();
  serve(store);
  say({ kind: "opened", state });
} catch (error) {
  say({ kind: "refused", error: plain(error) });
}
