import type { Sender } from "../../limits/senders.js";

/** A connection that takes one of the places of a listener. */
export interface Occupant {
  readonly sender: Sender;
}

/**
 * The places of a listener. When they run out, the sender with most of them gives one back: that of its connection which
 * delivered a frame, or opened, longest ago. So nobody who takes many keeps others out, and a place is kept by frames.
 */
export class Places<T extends Occupant> {
  /** The connections of each sender, the one that delivered longest ago first. */
  readonly #held = new Map<Sender, Set<T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(occupant: T): void {
    let held = this.#held.get(occupant.sender);
    if (held === undefined) {
      held = new Set();
      this.#held.set(occupant.sender, held);
    }
    held.add(occupant);
    this.#size++;
  }

  delete(occupant: T): void {
    const held = this.#held.get(occupant.sender);
    if (held?.delete(occupant) !== true) return;
    this.#size--;
    if (held.size === 0) this.#held.delete(occupant.sender);
  }

  /** The connection delivered a frame. */
  onFrame(occupant: T): void {
    const held = this.#held.get(occupant.sender);
    if (held?.delete(occupant) === true) held.add(occupant);
  }

  /** The connection that is the first to give way. */
  least(): T | undefined {
    let greediest: [Sender, Set<T>] | undefined;
    for (const entry of this.#held) {
      const [sender, { size }] = entry;
      const most = greediest?.[1].size ?? 0;
      // Of senders with equally many, the one whose frames were stored longest ago.
      if (size > most || (size === most && sender.usefulAt < (greediest?.[0].usefulAt ?? 0))) greediest = entry;
    }
    return greediest?.[1].values().next().value;
  }
}
