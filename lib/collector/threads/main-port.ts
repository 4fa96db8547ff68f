import { type MessagePort, parentPort } from "node:worker_threads";

/** The port to the thread that started this one. Entries of worker threads call it; anywhere else it throws. */
export function mainPort(): MessagePort {
  if (parentPort === null) throw new Error("this file runs as a worker thread only");
  return parentPort;
}
