import { type MessagePort, workerData } from "node:worker_threads";
import type { FileOptions } from "./inspect-file.js";
import { type Batch, type BatchResult, inspectAll } from "./pool.js";

/** A thread of a {@link Pool}: receives batches of paths, sends findings. */
const { port, options } = workerData as { port: MessagePort; options: FileOptions };

port.on("message", async ({ number, root, paths }: Batch) => {
  port.postMessage({ number, findings: await inspectAll(root, paths.split("\0"), options) } satisfies BatchResult);
});
