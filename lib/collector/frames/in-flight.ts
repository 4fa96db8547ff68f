import type { Frame } from "../../wire/index.js";
import type { Delivery } from "./delivery.js";

/** How a frame completed. Rejected frames and duplicates are `kept` too, since sending them again would not help. */
export type Outcome = "kept" | "lost";

/** Where frames come from. It learns how they completed. */
export interface FrameOrigin {
  /** Whether senders learn what is on disk. A duplicate must then not complete before the frame that it repeats. */
  readonly acknowledges: boolean;
  /** Cluster of the records that name none. */
  readonly cluster: string | undefined;
  onComplete(inFlight: InFlightFrame, outcome: Outcome): void;
  /** A part of a frame's bytes is not needed any more. */
  onFreed(sender: string, bytes: number): void;
  /** Called for a sample of the frames with the time from reception to the disk. */
  readonly onStored: (milliseconds: number) => void;
}

export interface ReceivedFrame extends Frame {
  /** To whom the costs of the frame are charged: an address (see limits/sender.ts), or a user of a unix socket. */
  readonly sender: string;
}

/** A frame that waits to be processed. */
export interface QueuedFrame {
  readonly frame: ReceivedFrame;
  readonly receivedAt: number;
  readonly origin: FrameOrigin;
  /** Number of the frame among those of its origin, from 0. */
  readonly index: number;
  /** Set when an agent delivered it. */
  readonly delivery?: Delivery | undefined;
}

/** A frame between reception and its outcome. */
export interface InFlightFrame {
  readonly origin: FrameOrigin;
  readonly index: number;
  readonly sender: string;
  /** Size on the wire; once it is decoded, of what its record has to itself. */
  bytes: number;
  readonly epoch: number;
  /** Estimated memory until it is complete, known when it is decoded. */
  memory: number;
  /** Whether it is valid and no duplicate. */
  isUseful: boolean;
}

/**
 * All frames in flight. A frame arrives, begins when it is processed, and completes when its outcome is known. Frames
 * complete in any order; a duplicate waits for all frames that began before it. For that, frames belong to epochs: a waiting
 * duplicate ends the newest epoch, and completes when its own epoch and all older ones have no frame in flight.
 */
export class InFlightFrames {
  #pending = 0;
  /** Number of frames in flight of each epoch, from `#oldest` on. */
  readonly #open = [0];
  #oldest = 0;
  /** Waiting duplicates by epoch. */
  readonly #waiting = new Map<number, InFlightFrame[]>();
  #onDrained: (() => void)[] = [];
  /** Called when the record of a frame is not needed any more. */
  onRelease: (inFlight: InFlightFrame) => void = () => {};

  /** Number of frames in flight, without waiting duplicates. */
  get pending(): number {
    return this.#pending;
  }

  arrive(): void {
    this.#pending++;
  }

  begin({ origin, index, sender, bytes }: Pick<InFlightFrame, "origin" | "index" | "sender" | "bytes">): InFlightFrame {
    const last = this.#open.length - 1;
    this.#open[last] = (this.#open[last] ?? 0) + 1;
    return { origin, index, sender, bytes, epoch: this.#oldest + last, memory: 0, isUseful: false };
  }

  /** Keeps so many bytes of a frame, whose place others may take: many more records than frames fit into memory. */
  shrink(inFlight: InFlightFrame, bytes: number): void {
    const freed = inFlight.bytes - bytes;
    inFlight.bytes = bytes;
    if (freed > 0) inFlight.origin.onFreed(inFlight.sender, freed);
  }

  complete(inFlight: InFlightFrame, outcome: Outcome): void {
    this.#pending--;
    this.onRelease(inFlight);
    inFlight.origin.onComplete(inFlight, outcome);
    // Waiting duplicates may repeat this frame.
    if (outcome === "lost") this.#loseWaiting();
    this.#leaveEpoch(inFlight);
    if (this.#pending === 0) for (const resolve of this.#onDrained.splice(0)) resolve();
  }

  /** Completes a duplicate: at once, or for origins that acknowledge, after all frames that began before it. */
  completeDuplicate(inFlight: InFlightFrame): void {
    if (!inFlight.origin.acknowledges) {
      this.complete(inFlight, "kept");
      return;
    }
    this.#pending--;
    this.onRelease(inFlight);
    const waiting = this.#waiting.get(inFlight.epoch);
    if (waiting === undefined) {
      this.#waiting.set(inFlight.epoch, [inFlight]);
      this.#open.push(0);
    } else {
      waiting.push(inFlight);
    }
    this.#leaveEpoch(inFlight);
  }

  /** Resolves when no frame is in flight. */
  async drained(): Promise<void> {
    if (this.#pending > 0) await new Promise<void>((resolve) => this.#onDrained.push(resolve));
  }

  #loseWaiting(): void {
    for (const duplicates of this.#waiting.values()) {
      for (const duplicate of duplicates.splice(0)) duplicate.origin.onComplete(duplicate, "lost");
    }
  }

  /** Takes a frame out of its epoch, and completes the duplicates of epochs that are over. */
  #leaveEpoch({ epoch }: InFlightFrame): void {
    const at = epoch - this.#oldest;
    this.#open[at] = (this.#open[at] ?? 0) - 1;
    while (this.#open.length > 1 && this.#open[0] === 0) {
      this.#open.shift();
      const waiting = this.#waiting.get(this.#oldest) ?? [];
      this.#waiting.delete(this.#oldest);
      this.#oldest++;
      for (const duplicate of waiting) duplicate.origin.onComplete(duplicate, "kept");
    }
  }
}
