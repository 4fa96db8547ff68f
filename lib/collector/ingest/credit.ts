import { FRAME_HEADER_SIZE, type Frame } from "../../wire/index.js";
import type { Sender } from "../limits/senders.js";
import { SharedBudget } from "../limits/shared-budget.js";

/** Memory of a frame in flight besides its bytes: its objects, and its copies between threads. */
const FRAME_OVERHEAD_BYTES = 1024;

/** The credit of a frame, from its size on the wire. */
export const creditFor = (bytes: number): number => FRAME_OVERHEAD_BYTES + bytes;

/**
 * Memory of frames that may still be accepted. A frame takes credit for its size, and its completion gives the credit
 * back. This bounds the frames in flight, in total and for each sender.
 */
export class Credit {
  readonly #budget: SharedBudget;
  /** The senders that hold credit. */
  readonly #senders = new Map<string, Sender>();
  readonly #callbacks = new Set<() => void>();

  constructor(bytes: number) {
    this.#budget = new SharedBudget(bytes);
  }

  take(sender: Sender, { payload }: Frame): boolean {
    const credit = creditFor(FRAME_HEADER_SIZE + payload.length);
    if (!this.#budget.allows(sender, credit)) return false;
    if (sender.held === 0) this.#senders.set(sender.key, sender);
    this.#budget.take(sender, credit);
    return true;
  }

  /** Gives credit back; call {@link wake} after the last of several. Returns the sender. */
  give(key: string, credit: number): Sender | undefined {
    const sender = this.#senders.get(key);
    if (sender === undefined) return undefined;
    this.#budget.give(sender, credit);
    if (sender.held === 0) this.#senders.delete(key);
    return sender;
  }

  /** Calls those that wait. */
  wake(): void {
    const callbacks = [...this.#callbacks];
    this.#callbacks.clear();
    for (const callback of callbacks) callback();
  }

  /** Calls back once, at the next {@link wake}. */
  onCredit(callback: () => void): void {
    this.#callbacks.add(callback);
  }
}
