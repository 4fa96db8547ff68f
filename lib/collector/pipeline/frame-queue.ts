import type { QueuedFrame } from "../frames/in-flight.js";
import { type Holder, SharedBudget } from "../limits/shared-budget.js";
import { Fifo } from "../shared/fifo.js";
import { TimeSlice } from "../shared/time-slice.js";

/** Memory of the frames that are processed and not complete. A sender that has its share waits, and holds credit meanwhile. */
const MAX_PROCESSED_BYTES = 64 * 1024 * 1024;
/** What a sender may process, in memory, before it is the next one's turn. */
const QUANTUM_BYTES = 256 * 1024;

/** A sender with frames that wait, memory that it holds, or a debt. */
class Sender implements Holder {
  readonly key: string;
  held = 0;
  /** Memory that it may still fill before it is the next one's turn; negative after frames that cost more. */
  quantum = 0;
  isQueued = false;
  readonly frames = new Fifo<QueuedFrame>();

  constructor(key: string) {
    this.key = key;
  }
}

/**
 * Frames of all senders → one after the other, in slices of time. Senders take turns by what their frames cost, which is
 * known afterwards (surplus round robin), so that expensive frames of one do not delay the others. Each sender has its
 * share of the memory of frames in process.
 */
export class FrameQueue {
  readonly #process: (frame: QueuedFrame) => void;
  readonly #senders = new Map<string, Sender>();
  /** Those whose turn comes, in order. */
  readonly #turns: Sender[] = [];
  /** Those that hold their share of the memory. */
  readonly #full: Sender[] = [];
  readonly #memory = new SharedBudget(MAX_PROCESSED_BYTES);
  #isScheduled = false;

  /** @param process - processes a frame, and calls {@link hold} and {@link release} for its memory. */
  constructor(process: (frame: QueuedFrame) => void) {
    this.#process = process;
  }

  add(frame: QueuedFrame): void {
    const key = frame.frame.sender;
    let sender = this.#senders.get(key);
    if (sender === undefined) {
      sender = new Sender(key);
      this.#senders.set(key, sender);
    }
    sender.frames.push(frame);
    if (!sender.isQueued) this.#enqueue(sender);
    this.#schedule();
  }

  /** A frame in process needs memory until {@link release}. */
  hold(key: string, bytes: number): void {
    const sender = this.#senders.get(key);
    if (sender === undefined) return;
    this.#memory.take(sender, bytes);
    sender.quantum -= bytes;
  }

  release(key: string, bytes: number): void {
    const sender = this.#senders.get(key);
    if (sender === undefined) return;
    this.#memory.give(sender, bytes);
    this.#forget(sender);
    if (this.#full.length === 0) return;
    this.#turns.push(...this.#full.splice(0));
    this.#schedule();
  }

  #enqueue(sender: Sender): void {
    sender.isQueued = true;
    this.#turns.push(sender);
  }

  /** In its own turn of the event loop, so that messages of the ingest thread cannot make one long turn. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#run();
    });
  }

  #run(): void {
    const slice = new TimeSlice();
    do {
      const sender = this.#turns[0];
      if (sender === undefined) return;
      this.#step(sender);
    } while (!slice.isOver);
    this.#schedule();
  }

  /** Processes a frame of the sender whose turn it is, or ends its turn. */
  #step(sender: Sender): void {
    const isEmpty = sender.frames.length === 0;
    if (isEmpty ? sender.quantum >= 0 : !this.#memory.allows(sender, 0)) {
      this.#turns.shift();
      if (!isEmpty) this.#full.push(sender);
      else {
        sender.isQueued = false;
        sender.quantum = 0;
        this.#forget(sender);
      }
      return;
    }
    const frame = sender.quantum >= 0 ? sender.frames.shift() : undefined;
    if (frame !== undefined) this.#process(frame);
    if (sender.quantum >= 0) return;
    sender.quantum += QUANTUM_BYTES;
    if (this.#turns.length > 1) this.#turns.push(this.#turns.shift() as Sender);
  }

  #forget(sender: Sender): void {
    if (sender.held === 0 && !sender.isQueued) this.#senders.delete(sender.key);
  }
}
