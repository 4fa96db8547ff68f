import { setTimeout as sleep } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { Senders } from "../limits/senders.js";
import { mainPort } from "../threads/main-port.js";
import { Credit } from "./credit.js";
import type { IngestSettings, ToIngest, ToMain } from "./protocol.js";
import { Batcher } from "./worker/batcher.js";
import { CONNECTION_LIMITS } from "./worker/connections.js";
import { KernelDrops } from "./worker/kernel-drops.js";
import { loadPeerUser } from "./worker/peer-user.js";
import { type Receiver, receiveStreams, receiveUdp } from "./worker/receivers.js";

/*
 * The ingest thread. In: datagrams and streams from its own sockets, and credit from the main thread. Out: batches of
 * whole frames, and counts of lost ones. Other threads work on records, so that slow work does not make the kernel's
 * receive buffers overflow.
 */

/** On a stop, the sockets count as drained after this time without input. */
const QUIET_MS = 25;
/** Longest time that a stop waits for senders that never pause. */
const DRAIN_TIMEOUT_MS = 2000;
const REPORT_INTERVAL_MS = 1000;

const main = mainPort();
const settings = workerData as IngestSettings;

const post = (message: ToMain, transfer: ArrayBuffer[] = []) => main.postMessage(message, transfer);
const credit = new Credit(settings.credit);
const batchers = settings.listeners.map(
  (_, input) =>
    new Batcher(credit, (batch, lost) =>
      post({ kind: "frames", input, batch, lost }, batch === undefined ? [] : [batch.bytes]),
    ),
);
const receivers: Receiver[] = [];
let kernelDrops: KernelDrops | undefined;
let kernelDropped = 0;

main.on("message", (message: ToIngest) => {
  if (message.kind === "stop") return void stop();
  for (const { sender: key, credit: given, charge, isUseful } of message.credit) {
    const sender = credit.give(key, given);
    sender?.rate?.charge(charge);
    if (isUseful && sender !== undefined) sender.usefulAt = performance.now();
  }
  credit.wake();
});

const newSenders = () => new Senders(settings.senderRate);

async function start(): Promise<void> {
  // Addresses of datagrams can be forged, so they do not count for streams.
  const senders = { udp: newSenders(), tcp: newSenders(), unix: newSenders() };
  const peerUser = loadPeerUser();
  const maxConnections = Math.min(settings.places, CONNECTION_LIMITS.maxConnections);
  for (const [index, listener] of settings.listeners.entries()) {
    const batcher = batchers[index] as Batcher;
    try {
      receivers.push(
        await (listener.transport === "udp"
          ? receiveUdp(listener, batcher, senders.udp)
          : receiveStreams(listener, batcher, senders[listener.transport], { peerUser, maxConnections })),
      );
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      post({ kind: "failed", listener, code, message });
      return stop();
    }
  }
  kernelDrops = new KernelDrops(
    receivers.flatMap(({ address }) => (address.transport === "udp" ? [address.port] : [])),
  );
  setInterval(report, REPORT_INTERVAL_MS).unref();
  const listeners = receivers.map(({ address }) => address);
  const knowsUsers = peerUser !== undefined || listeners.every(({ transport }) => transport !== "unix");
  post({ kind: "listening", listeners, knowsUsers });
}

function report(): void {
  for (const [input, receiver] of receivers.entries()) {
    const connections = receiver.displaced();
    if (connections > 0) post({ kind: "displaced", input, connections });
  }
  const datagrams = kernelDrops?.read() ?? 0;
  if (datagrams === kernelDropped) return;
  kernelDropped = datagrams;
  post({ kind: "kernel-dropped", datagrams });
}

/** Reads what the kernel already holds, then closes. */
async function stop(): Promise<void> {
  const received = () => receivers.reduce((sum, receiver) => sum + receiver.received(), 0);
  for (let waited = 0, before = -1; waited < DRAIN_TIMEOUT_MS && received() !== before; waited += QUIET_MS) {
    before = received();
    await sleep(QUIET_MS);
  }
  report();
  await Promise.all(receivers.map((receiver) => receiver.close()));
  // Closed connections count the frames that they held in their "close" event, in the next turn.
  await sleep(0);
  for (const batcher of batchers) batcher.flush();
  main.close();
}

await start();
