/** How a frame ended: `kept` also for those that were refused or known already, since sending them again is no use. */
export type Outcome = "kept" | "lost";

/** Where frames come from, as far as it wants to hear how they ended. */
export interface FrameOrigin {
  /** True when the sender is told what is on disk: a repeat must then not be acknowledged before its first. */
  readonly acknowledges: boolean;
  onComplete(inFlight: InFlightFrame, outcome: Outcome): void;
  /** Told of some of the frames how long they took from reception to the disk, in milliseconds. */
  readonly onStored: (milliseconds: number) => void;
}

/** Stands for one frame while it is under way. */
export interface InFlightFrame {
  readonly origin: FrameOrigin;
  /** Number of the frame among those of its origin, from 0. */
  readonly index: number;
  /** Size on the wire; what the frame cost in credit. */
  readonly bytes: number;
  readonly epoch: number;
}

/** Gives every frame a inFlight, and takes it back when the frame's outcome is known. */
export class InFlightFrames {
  #pending = 0;
  /** Frames under way, by epoch; the first element is that of `#oldest`. */
  readonly #open = [0];
  #oldest = 0;
  /** Repeats that wait until all epochs up to theirs are over. */
  readonly #waiting = new Map<number, InFlightFrame[]>();
  #idle: (() => void)[] = [];

  /** Frames whose outcome is open. */
  get pending(): number {
    return this.#pending;
  }

  begin(origin: FrameOrigin, index: number, bytes: number): InFlightFrame {
    this.#pending++;
    const last = this.#open.length - 1;
    this.#open[last] = (this.#open[last] ?? 0) + 1;
    return { origin, index, bytes, epoch: this.#oldest + last };
  }

  complete(inFlight: InFlightFrame, outcome: Outcome): void {
    this.#pending--;
    inFlight.origin.onComplete(inFlight, outcome);
    // A repeat that waits may be of this very frame.
    if (outcome === "lost") this.#loseWaiting();
    const at = inFlight.epoch - this.#oldest;
    this.#open[at] = (this.#open[at] ?? 0) - 1;
    this.#advance();
    if (this.#pending === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Settles a repeat: at once, or for origins that acknowledge, when every frame before it is settled. */
  completeDuplicate(inFlight: InFlightFrame): void {
    if (!inFlight.origin.acknowledges) {
      this.complete(inFlight, "kept");
      return;
    }
    // Its own place is given up first: it waits for others only.
    this.#pending--;
    const at = inFlight.epoch - this.#oldest;
    this.#open[at] = (this.#open[at] ?? 0) - 1;
    const waiting = this.#waiting.get(inFlight.epoch);
    if (waiting === undefined) {
      this.#waiting.set(inFlight.epoch, [inFlight]);
      this.#open.push(0);
    } else {
      waiting.push(inFlight);
    }
    this.#advance();
  }

  /** Resolves when no frame is under way. */
  async drained(): Promise<void> {
    if (this.#pending > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #loseWaiting(): void {
    for (const inFlightFrames of this.#waiting.values()) {
      for (const inFlight of inFlightFrames.splice(0)) inFlight.origin.onComplete(inFlight, "lost");
    }
  }

  #advance(): void {
    while (this.#open.length > 1 && this.#open[0] === 0) {
      this.#open.shift();
      const waiting = this.#waiting.get(this.#oldest) ?? [];
      this.#waiting.delete(this.#oldest);
      this.#oldest++;
      for (const inFlight of waiting) inFlight.origin.onComplete(inFlight, "kept");
    }
  }
}
