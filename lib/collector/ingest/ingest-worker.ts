import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { SenderRates } from "../limits/sender-rates.js";
import { Credit } from "./credit.js";
import type { IngestSettings, ToIngest, ToMain } from "./protocol.js";
import { Batcher } from "./worker/batcher.js";
import { KernelDrops } from "./worker/kernel-drops.js";
import { receiveStreams } from "./worker/streams.js";
import { type Receiver, receiveUdp } from "./worker/udp.js";

/*
 * The ingest thread: owns the sockets and does nothing but read them, so that no work on records ever makes the
 * kernel's buffers overflow.
 */

/** Sockets are taken for empty when nothing came for this long, in milliseconds. */
const QUIET = 25;
/** A sender that never pauses must not keep the collector from stopping. */
const DRAIN_LIMIT = 2000;
/** How often the kernel's drop counters are read, in milliseconds. */
const COUNT_EVERY = 1000;

if (parentPort === null) throw new Error("runs as a worker thread");
const main = parentPort;
const settings = workerData as IngestSettings;

const say = (message: ToMain, transfer: ArrayBuffer[] = []) => main.postMessage(message, transfer);
const credit = new Credit(settings.credit);
const batchers = settings.listeners.map(
  (_, input) =>
    new Batcher(credit, (batch, lost) =>
      say({ kind: "frames", input, batch, lost }, batch === undefined ? [] : [batch.bytes]),
    ),
);
const rates = settings.senderRate === undefined ? undefined : new SenderRates(settings.senderRate);
const receivers: Receiver[] = [];
let kernelDrops: KernelDrops | undefined;
let kernelDropped = 0;

main.on("message", (message: ToIngest) => {
  if (message.kind === "credit") credit.give(message.bytes);
  else void stop();
});

async function listen(): Promise<void> {
  for (const [index, listener] of settings.listeners.entries()) {
    const batcher = batchers[index] as Batcher;
    try {
      const isDatagrams = listener.transport === "udp";
      receivers.push(
        await (isDatagrams ? receiveUdp(listener, batcher, rates) : receiveStreams(listener, batcher, rates)),
      );
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      say({ kind: "failed", listener, code, message });
      return stop();
    }
  }
  kernelDrops = new KernelDrops(
    receivers.flatMap(({ address }) => (address.transport === "udp" ? [address.port] : [])),
  );
  setInterval(countKernelDrops, COUNT_EVERY).unref();
  say({ kind: "listening", listeners: receivers.map(({ address }) => address) });
}

function countKernelDrops(): void {
  const datagrams = kernelDrops?.read() ?? 0;
  if (datagrams === kernelDropped) return;
  kernelDropped = datagrams;
  say({ kind: "kernel-dropped", datagrams });
}

/** Reads what the kernel already holds, then closes. */
async function stop(): Promise<void> {
  const activity = () => receivers.reduce((sum, receiver) => sum + receiver.activity(), 0);
  for (let waited = 0, before = -1; waited < DRAIN_LIMIT && activity() !== before; waited += QUIET) {
    before = activity();
    await sleep(QUIET);
  }
  countKernelDrops();
  await Promise.all(receivers.map((receiver) => receiver.close()));
  // Connections count what they still held when they close, which is after this turn.
  await sleep(0);
  for (const batcher of batchers) batcher.flush();
  main.close();
}

await listen();
