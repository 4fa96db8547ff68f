import { Worker } from "node:worker_threads";
import { textToBytes } from "../../text/escape.js";
import { examine, type Found, ParsedFiles } from "../../verify/index.js";
import { entryFile } from "../threads/entry.js";
import {
  type ExamineRequest,
  type ExamineScope,
  type FromChild,
  monotonicMs,
  type ToChild,
  toWireFound,
} from "./protocol.js";

/*
 * A child process that reads the reported files. When a file system hangs, this process hangs too, and the collector kills
 * it. Results go out one by one, in the order of the requests, so that the collector knows which file hangs.
 */

/** After this time, requests that are not begun go back to the collector. */
const SLICE_MS = 25;

// The collector ends this process. Ctrl-C in a terminal would reach the whole process group.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
new Worker(entryFile("parent-watch-worker"));

const send = (message: FromChild) => process.send?.(message);
const parsed = new ParsedFiles();
const waiting: ExamineRequest[] = [];
let scope: ExamineScope | undefined;
let avoid: readonly string[] = [];
/** Whether requests are being examined, or about to be returned. */
let isBusy = false;

process.on("message", (message: ToChild) => {
  if (message.kind === "scope") {
    scope = message.scope;
    send({ kind: "ready" });
    return;
  }
  waiting.push(...message.requests);
  avoid = message.avoid;
  if (isBusy) return;
  isBusy = true;
  work(performance.now() + SLICE_MS, scope as ExamineScope);
});

function work(sliceEnd: number, within: ExamineScope): void {
  do {
    const request = waiting.shift();
    if (request === undefined) break;
    answer(request, within);
  } while (performance.now() < sliceEnd);
  if (performance.now() < sliceEnd) {
    isBusy = false;
    return;
  }
  // After the messages that have arrived meanwhile.
  setImmediate(() => {
    isBusy = false;
    if (waiting.length > 0) send({ kind: "returned", ids: waiting.splice(0).map(({ id }) => id) });
  });
}

function answer({ id, path, reach }: ExamineRequest, { roots, ...guard }: ExamineScope): void {
  const beganAt = monotonicMs();
  const began = performance.now();
  let mount: string | undefined;
  const onMount = (point: string) => {
    if (mount !== undefined) send({ kind: "entering", id, mount: point });
    mount = point;
  };
  let found: Found;
  let fault: string | undefined;
  try {
    found = examine({ path: Buffer.from(textToBytes(path)), roots: roots[reach], ...guard, avoid, onMount, parsed });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    found = { state: "unchecked", reason: "unavailable" };
    // The message of an errno names the path, and /readyz, which shows the fault, is public.
    fault = code ?? message;
  }
  const tookMs = performance.now() - began;
  send({ kind: "result", id, found: toWireFound(found), mount: mount ?? "/", beganAt, tookMs, fault });
}
