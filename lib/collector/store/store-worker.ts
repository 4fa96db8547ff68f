import { type MessagePort, workerData } from "node:worker_threads";
import { mainPort } from "../threads/main-port.js";
import { toPlainError } from "../threads/plain-error.js";
import { type Reply, type Request, replyTo } from "../threads/requests.js";
import type { FeedRequests, FromFeed, ToFeed } from "./feed-protocol.js";
import type { FromStore, StoreData, StoreRequests, ToStore } from "./protocol.js";
import { Appends } from "./worker/appends.js";
import { feedHandlers, storeHandlers } from "./worker/handlers.js";
import { MemoryUpkeep } from "./worker/memory-upkeep.js";
import { Questions } from "./worker/questions.js";
import { RollupUpkeep } from "./worker/rollup-upkeep.js";
import { readState } from "./worker/state.js";
import { StoreFile } from "./worker/store-file.js";
import { WorkQueues } from "./worker/work-queues.js";

/*
 * The store thread: it owns the database, and waits for the disk so that no other thread has to. Requests go into queues;
 * the queues run beside each other, the requests of one queue one after the other in the order of their arrival.
 */

type Queue = "append" | "question" | "maintenance" | "feed";

const queues = new WorkQueues<Queue>(["append", "question", "maintenance", "feed"]);

/** The queue of each request; `all` where nothing else may run, because the file is closed for a moment. */
const QUEUE_OF: { readonly [N in keyof StoreRequests]: Queue | "all" } = {
  append: "append",
  query: "question",
  rollUp: "question",
  names: "question",
  configure: "question",
  backup: "maintenance",
  export: "maintenance",
  owned: "maintenance",
  strip: "maintenance",
  copy: "maintenance",
  swap: "all",
  account: "append",
  outage: "append",
  storeAgentRuns: "append",
  agentRuns: "maintenance",
  awaiting: "maintenance",
  awaited: "maintenance",
  age: "maintenance",
};

/** Requests after which numbers that readers have seen may stand for something else. */
const CHANGES_LISTS: readonly (keyof StoreRequests)[] = ["swap"];

const main = mainPort();
const post = (message: FromStore) => main.postMessage(message);

const { path, memoryMb } = workerData as StoreData;
const file = new StoreFile(path, memoryMb);
const rollup = new RollupUpkeep(file, (state) => post({ kind: "rollup", state }));
const appends = new Appends(file);
const questions = new Questions(file, rollup);

const readers = new Set<MessagePort>();
const notifyReaders = (message: FromFeed) => {
  for (const port of readers) port.postMessage(message);
};

let isRollingUp = false;

/** Rolls up step by step, so that questions run in between. */
function rollUp(): void {
  if (isRollingUp) return;
  isRollingUp = true;
  queues
    .run(["question"], async () => {
      const hasMore = await rollup.step().finally(() => {
        isRollingUp = false;
      });
      if (hasMore) rollUp();
    })
    // The next question meets the same error and reports it.
    .catch(() => {});
}

const onAppended = (sequence: number) => notifyReaders({ kind: "head", sequence });
const handlers = storeHandlers(file, appends, questions, { onAppended, rollUp });

/** Requests in work that may take long. */
let longRequests = 0;

async function serve(request: Request<StoreRequests>): Promise<void> {
  const queue = QUEUE_OF[request.name];
  const needsAll = queue === "all" || (queue === "append" && appends.isSuspect);
  if (queue !== "append") longRequests++;
  const reply = await queues.run(needsAll ? queues.all : [queue], () => replyTo(request, handlers));
  if (queue !== "append") longRequests--;
  else if (longRequests === 0) releaseMemory();
  if (CHANGES_LISTS.includes(request.name)) notifyReaders({ kind: "changed" });
  post(reply);
}

const memory = new MemoryUpkeep(memoryMb);

/** Gives memory back when that is due. It waits for no more than a step of the rollup. */
function releaseMemory(): void {
  if (memory.isDue()) queues.run(queues.all, () => memory.release(file)).catch(() => {});
}

const readerHandlers = feedHandlers(file);

function addReader(port: MessagePort): void {
  readers.add(port);
  port.on("close", () => readers.delete(port));
  port.on("message", async (request: ToFeed) => {
    const queue = request.name === "commitCursor" ? "append" : "feed";
    const reply: Reply = await queues.run([queue], () => replyTo<FeedRequests>(request, readerHandlers));
    port.postMessage(reply satisfies FromFeed);
  });
}

async function close(): Promise<void> {
  await queues.run(queues.all, () => file.end());
  for (const port of readers) port.close();
  main.close();
}

/** An interrupt between two statements has no effect, so it is repeated. */
const INTERRUPT_INTERVAL_MS = 50;

/** Ends with no statement running: DuckDB aborts the process when its thread is terminated during one. */
async function halt(): Promise<void> {
  const interrupting = setInterval(() => file.interrupt(), INTERRUPT_INTERVAL_MS);
  file.interrupt();
  await queues.halt();
  clearInterval(interrupting);
  for (const port of readers) port.close();
  main.close();
}

main.on("message", (message: ToStore) => {
  if (message.kind === "request") void serve(message);
  else if (message.kind === "reader") addReader(message.port);
  else if (message.kind === "close") void close();
  else void halt();
});

try {
  const state = await queues.run(queues.all, async () => readState((await file.open()).questions));
  post({ kind: "opened", state, findings: file.findings });
} catch (error) {
  post({ kind: "refused", error: toPlainError(error) });
}
