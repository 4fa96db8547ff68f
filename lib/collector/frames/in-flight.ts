/** How a frame ended: `kept` also for those that were refused or known already, since sending them again is no use. */
export type Fate = "kept" | "lost";

/** Where frames come from, as far as it wants to hear how they ended. */
export interface Origin {
  /** True when the sender is told what is on disk: a repeat must then not be acknowledged before its first. */
  readonly acknowledges: boolean;
  settled(ticket: Ticket, fate: Fate): void;
  /** Told of some of the frames how long they took from reception to the disk, in milliseconds. */
  readonly took: (milliseconds: number) => void;
}

/** Stands for one frame while it is under way. */
export interface Ticket {
  readonly origin: Origin;
  /** Number of the frame among those of its origin, from 0. */
  readonly index: number;
  /** Size on the wire; what the frame cost in credit. */
  readonly bytes: number;
  readonly epoch: number;
}

/** Gives every frame a ticket, and takes it back when the frame's fate is known. */
export class Tickets {
  #pending = 0;
  /** Frames under way, by epoch; the first element is that of `#oldest`. */
  readonly #open = [0];
  #oldest = 0;
  /** Repeats that wait until all epochs up to theirs are over. */
  readonly #waiting = new Map<number, Ticket[]>();
  #idle: (() => void)[] = [];

  /** Frames whose fate is open. */
  get pending(): number {
    return this.#pending;
  }

  issue(origin: Origin, index: number, bytes: number): Ticket {
    this.#pending++;
    const last = this.#open.length - 1;
    this.#open[last] = (this.#open[last] ?? 0) + 1;
    return { origin, index, bytes, epoch: this.#oldest + last };
  }

  settle(ticket: Ticket, fate: Fate): void {
    this.#pending--;
    ticket.origin.settled(ticket, fate);
    // A repeat that waits may be of this very frame.
    if (fate === "lost") this.#loseWaiting();
    const at = ticket.epoch - this.#oldest;
    this.#open[at] = (this.#open[at] ?? 0) - 1;
    this.#advance();
    if (this.#pending === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Settles a repeat: at once, or for origins that acknowledge, when every frame before it is settled. */
  settleRepeat(ticket: Ticket): void {
    if (!ticket.origin.acknowledges) {
      this.settle(ticket, "kept");
      return;
    }
    // Its own place is given up first: it waits for others only.
    this.#pending--;
    const at = ticket.epoch - this.#oldest;
    this.#open[at] = (this.#open[at] ?? 0) - 1;
    const waiting = this.#waiting.get(ticket.epoch);
    if (waiting === undefined) {
      this.#waiting.set(ticket.epoch, [ticket]);
      this.#open.push(0);
    } else {
      waiting.push(ticket);
    }
    this.#advance();
  }

  /** Resolves when no frame is under way. */
  async settled(): Promise<void> {
    if (this.#pending > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #loseWaiting(): void {
    for (const tickets of this.#waiting.values()) {
      for (const ticket of tickets.splice(0)) ticket.origin.settled(ticket, "lost");
    }
  }

  #advance(): void {
    while (this.#open.length > 1 && this.#open[0] === 0) {
      this.#open.shift();
      const waiting = this.#waiting.get(this.#oldest) ?? [];
      this.#waiting.delete(this.#oldest);
      this.#oldest++;
      for (const ticket of waiting) ticket.origin.settled(ticket, "kept");
    }
  }
}
