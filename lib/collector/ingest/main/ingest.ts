import type { FrameOrigin } from "../../frames/in-flight.js";
import type { LossCounts } from "../../frames/ledger.js";
import { addressUnavailable } from "../../shared/unavailable.js";
import { OwnedThread } from "../../threads/thread.js";
import type { FrameBatch } from "../batch.js";
import { creditFor } from "../credit.js";
import type { IngestSettings, OpenListener, ReturnedCredit, ToIngest, ToMain } from "../protocol.js";

export interface IngestEvents {
  /** @param input - index of the listener. */
  readonly onFrames: (batch: FrameBatch, input: number) => void;
  readonly onLost: (counts: LossCounts, input: number) => void;
  /** @param connections - that were closed since the last call because places ran out. */
  readonly onDisplaced: (connections: number, input: number) => void;
  /** The users of unix sockets cannot be told apart. */
  readonly onUnknownUsers: () => void;
  /** @param datagrams - dropped by the kernel since the start. */
  readonly onKernelDropped: (datagrams: number) => void;
  /** The thread ended although nothing asked it to. */
  readonly onCrash: (error: Error) => void;
}

/** Objects of the thread live no longer than a datagram, so a fraction of V8's default of 48 MB is enough. */
const YOUNG_GENERATION_MB = 6;

/** A frame counts once more in its sender's rate for each of these bytes of memory: twice as many as frames usually need. */
const FRAME_BYTES = 8 * 1024;

/** The ingest thread, seen from the main thread. In: batches and counts from the thread. Out: callbacks. */
export class Ingest {
  /** Resolves when all listeners are open. */
  readonly listeners: Promise<readonly OpenListener[]>;
  readonly #thread: OwnedThread<ToIngest, ToMain>;
  /** What was returned in this turn, by sender. */
  #returned = new Map<string, ReturnedCredit>();

  constructor(settings: IngestSettings, events: IngestEvents) {
    let resolve: (listeners: readonly OpenListener[]) => void = () => {};
    let reject: (error: Error) => void = () => {};
    this.listeners = new Promise((...callbacks) => {
      [resolve, reject] = callbacks;
    });
    this.#thread = new OwnedThread(
      { entry: "ingest-worker", name: "ingest", data: settings, youngGenerationMb: YOUNG_GENERATION_MB },
      {
        onMessage: (message) => {
          switch (message.kind) {
            case "listening":
              if (!message.knowsUsers) events.onUnknownUsers();
              resolve(message.listeners);
              break;
            case "failed":
              this.#thread.expectEnd();
              reject(addressUnavailable(message.listener, message));
              break;
            case "frames":
              if (message.lost !== undefined) events.onLost(message.lost, message.input);
              if (message.batch !== undefined) events.onFrames(message.batch, message.input);
              break;
            case "displaced":
              events.onDisplaced(message.connections, message.input);
              break;
            case "kernel-dropped":
              events.onKernelDropped(message.datagrams);
              break;
          }
        },
        onCrash: (error) => {
          reject(error);
          events.onCrash(error);
        },
      },
    );
  }

  /** The origin of frames from a listener: it returns their credit to the thread. Senders get no acknowledgement. */
  origin({ cluster, onStored }: Pick<FrameOrigin, "cluster" | "onStored">): FrameOrigin {
    return {
      acknowledges: false,
      cluster,
      onStored,
      onFreed: (sender, bytes) => {
        this.#returnOf(sender).credit += bytes;
      },
      onComplete: ({ sender, bytes, memory, isUseful }) => {
        const returned = this.#returnOf(sender);
        returned.credit += creditFor(bytes);
        if (isUseful) returned.isUseful = true;
        returned.charge += Math.floor(memory / FRAME_BYTES);
      },
    };
  }

  /** What goes back to the thread in one message for all frames of this turn. */
  #returnOf(sender: string): ReturnedCredit {
    if (this.#returned.size === 0) setImmediate(() => this.#postReturned());
    let returned = this.#returned.get(sender);
    if (returned === undefined) {
      returned = { sender, credit: 0, charge: 0, isUseful: false };
      this.#returned.set(sender, returned);
    }
    return returned;
  }

  #postReturned(): void {
    this.#thread.post({ kind: "returned", credit: [...this.#returned.values()] });
    this.#returned = new Map();
  }

  /** Reads what has arrived, closes the sockets and ends. Frames arrive until this resolves. */
  stop(): Promise<void> {
    return this.#thread.end({ kind: "stop" });
  }
}
