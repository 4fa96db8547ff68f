import { setTimeout as sleep } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { KEY_WORDS } from "../frames/frame-key.js";
import { EventSource } from "../store/event-source.js";
import { mainPort } from "../threads/main-port.js";
import type { DuplicatesData, FromDuplicates, ToDuplicates } from "./protocol.js";
import { FrameIndex } from "./worker/frame-index.js";

/*
 * The duplicates thread keeps an index of the frames in the store. It follows the commits by sequence, as readers of events
 * do, and answers which frames are stored. The main thread knows the newest frames itself, so the index may lag behind; when
 * it lags further, answers wait.
 */

const FOLLOW_INTERVAL_MS = 1000;
const SYNC_INTERVAL_MS = 5000;
const RETRY_DELAY_MS = 5000;
/** Frames that the index reads at once. Checks wait meanwhile. */
const MAX_PAGE_FRAMES = 8192;
/** Less than the number of frames that the main thread knows. */
const MAX_LAG_FRAMES = 2 ** 18;

const main = mainPort();
const { path, losses, port, oldestDay, isClockTrusted } = workerData as DuplicatesData;
const post = (message: FromDuplicates, transfer: ArrayBuffer[] = []) => main.postMessage(message, transfer);

const source = new EventSource(port);
const { head: startHead } = await source.ask("cursors", undefined);
source.raiseHead(startHead);
const index = new FrameIndex(path, { head: startHead, losses }, oldestDay);
if (isClockTrusted) index.prune(oldestDay);

const waiting: Uint32Array<ArrayBuffer>[] = [];
let problem: string | undefined;
let isEnding = false;

/** An index that cannot follow the store answers from what it has. */
function canAnswer(): boolean {
  return problem !== undefined || (index.sequence ?? -1) >= Math.max(startHead, source.head - MAX_LAG_FRAMES);
}

function answerWaiting(): void {
  while (waiting.length > 0 && canAnswer()) {
    const keys = waiting.shift() as Uint32Array<ArrayBuffer>;
    const stored = new Uint8Array(keys.length / KEY_WORDS);
    attempt(() => {
      for (let frame = 0; frame < stored.length; frame++) stored[frame] = index.has(keys, frame * KEY_WORDS) ? 1 : 0;
    });
    post({ kind: "checked", stored }, [stored.buffer]);
  }
}

function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    report((error as Error).message);
    return false;
  }
}

function report(sentence: string | undefined): void {
  if (sentence === problem) return;
  problem = sentence;
  post({ kind: "problem", sentence });
}

async function follow(): Promise<void> {
  let syncedAt = performance.now();
  while (!isEnding) {
    const page = await source.ask("frames", {
      after: index.sequence,
      receivedSince: index.oldestDay,
      limit: MAX_PAGE_FRAMES,
    });
    const isAdded = attempt(() => {
      index.add(page.keys, page.upTo, page.head);
      const now = performance.now();
      if (now - syncedAt < SYNC_INTERVAL_MS) return;
      index.sync();
      syncedAt = now;
    });
    if (isAdded) report(undefined);
    answerWaiting();
    if (!isAdded) await sleep(RETRY_DELAY_MS, undefined, { ref: false });
    else if (page.upTo >= page.head) {
      await source.waitForEvent(page.upTo);
      await sleep(FOLLOW_INTERVAL_MS, undefined, { ref: false });
    }
  }
}

main.on("message", (message: ToDuplicates) => {
  if (message.kind === "check") {
    waiting.push(message.keys);
    answerWaiting();
  } else if (message.kind === "prune") {
    attempt(() => index.prune(message.oldestDay));
  } else {
    isEnding = true;
    attempt(() => index.sync());
    source.close();
    main.close();
  }
});
post({ kind: "opened", oldestDay: index.oldestDay });
for (;;) {
  try {
    await follow();
    break;
  } catch (error) {
    report((error as Error).message);
    answerWaiting();
    await sleep(RETRY_DELAY_MS, undefined, { ref: false });
  }
}
