import { parentPort, workerData } from "node:worker_threads";
import { OgrtError } from "../../errors.js";
import { OpenStore } from "./opened.js";
import type { FromStore, PlainError, TaskName, ToStore } from "./protocol.js";
import { answer } from "./queries.js";

/*
 * The store thread: owns the database. A commit waits for the disk, so nothing else may wait for this thread. Appends,
 * queries and tasks go on beside each other; each kind one after the other, in the order in which they came.
 */

/** A query that takes longer, in milliseconds, is ended. */
const QUERY_LIMIT = 30_000;
/** Tasks during which the file is closed. */
const ALONE: readonly TaskName[] = ["swap"];

if (parentPort === null) throw new Error("runs as a worker thread");
const main = parentPort;
const { path } = workerData as { path: string };
const say = (message: FromStore) => main.postMessage(message);
const plain = (error: unknown): PlainError => ({
  code: error instanceof OgrtError ? error.code : undefined,
  message: error instanceof Error ? error.message : String(error),
});

type Queue = "append" | "query" | "task";

/** The end of the last piece of work of each kind. */
const last: Record<Queue, Promise<unknown>> = {
  append: Promise.resolve(),
  query: Promise.resolve(),
  task: Promise.resolve(),
};
const everything = () => Promise.all(Object.values(last));

function run<T>(id: number, queues: readonly Queue[], work: () => Promise<T>): void {
  const finished = Promise.all(queues.map((queue) => last[queue]))
    .then(work)
    .then(
      (result) => say({ kind: "done", id, result: result as never }),
      (error: unknown) => say({ kind: "failed", id, error: plain(error) }),
    );
  for (const queue of queues) last[queue] = finished;
}

function serve(store: OpenStore): void {
  main.on("message", (message: ToStore) => {
    switch (message.kind) {
      case "append":
        // A retry after a failure closes the file for a moment, so nothing else may go on then.
        run(message.id, store.isSuspect ? ["append", "query", "task"] : ["append"], () =>
          store.append(message.batch, message.number),
        );
        break;
      case "query":
        run(message.id, ["query"], () => store.query((connection) => answer(connection, message.request), QUERY_LIMIT));
        break;
      case "task": {
        const isAlone = ALONE.includes(message.request.name);
        run(message.id, isAlone ? ["append", "query", "task"] : ["task"], () => store.task(message.request));
        break;
      }
      case "close":
        void everything()
          .then(() => store.end())
          .then(() => main.close());
        break;
    }
  });
}

try {
  const store = new OpenStore(path);
  const state = await store.state();
  serve(store);
  say({ kind: "opened", state });
} catch (error) {
  say({ kind: "refused", error: plain(error) });
}
