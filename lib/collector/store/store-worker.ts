import { parentPort, workerData } from "node:worker_threads";
import { OgrtError } from "../../errors.js";
import { type Connection, openInstance } from "./engine.js";
import { migrate } from "./migrate.js";
import type { FromStore, PlainError, ToStore } from "./protocol.js";
import { answer } from "./queries.js";
import { readState } from "./state.js";
import { Writer } from "./writer.js";

/*
 * The store thread: owns the database. A commit waits for the disk, so nothing else may wait for this thread. Queries
 * run on a connection of their own, beside the commits.
 */

/** A query that takes longer, in milliseconds, is ended. */
const QUERY_LIMIT = 30_000;

if (parentPort === null) throw new Error("runs as a worker thread");
const main = parentPort;
const { path } = workerData as { path: string };
const say = (message: FromStore) => main.postMessage(message);
const plain = (error: unknown): PlainError => ({
  code: error instanceof OgrtError ? error.code : undefined,
  message: error instanceof Error ? error.message : String(error),
});

async function open(): Promise<void> {
  const instance = await openInstance(path, "READ_WRITE");
  const writing = await instance.connect();
  const reading = await instance.connect();
  await migrate(writing, path);
  const writer = new Writer(writing);
  const state = await readState(reading);

  /** One after the other, in the order in which they came. */
  let lastAppend: Promise<void> = Promise.resolve();
  let lastQuery: Promise<void> = Promise.resolve();
  main.on("message", (message: ToStore) => {
    switch (message.kind) {
      case "append":
        lastAppend = lastAppend
          .then(() => writer.append(message.batch))
          .then(
            () => say({ kind: "appended", id: message.id, error: undefined }),
            (error: unknown) => say({ kind: "appended", id: message.id, error: plain(error) }),
          );
        break;
      case "query":
        lastQuery = lastQuery
          .then(() => limited(reading, () => answer(reading, message.request)))
          .then(
            (found) => say({ kind: "answered", id: message.id, answer: found }),
            (error: unknown) => say({ kind: "failed", id: message.id, error: plain(error) }),
          );
        break;
      case "close":
        void Promise.all([lastAppend, lastQuery]).then(async () => {
          // Moves the write-ahead log into the file, so that the next start need not.
          await writing.run("CHECKPOINT").catch(() => {});
          writing.closeSync();
          reading.closeSync();
          instance.closeSync();
          main.close();
        });
        break;
    }
  });
  say({ kind: "opened", state });
}

async function limited<T>(connection: Connection, query: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => connection.interrupt(), QUERY_LIMIT);
  try {
    return await query();
  } finally {
    clearTimeout(timer);
  }
}

try {
  await open();
} catch (error) {
  say({ kind: "refused", error: plain(error) });
}
