import { Fifo } from "./fifo.js";

/** What a sender gives before it is the next one's turn, by weight. */
const QUANTUM = 64 * 1024;

interface Flow<T> {
  readonly items: Fifo<{ readonly item: T; readonly weight: number }>;
  /** What it may still give in this turn. */
  deficit: number;
}

/**
 * A queue from which senders are served in turns, each by the weight of its items (deficit round robin of Shreedhar and
 * Varghese, 1995). The items of one sender keep their order.
 */
export class FairQueue<T> {
  /** In the order of their turns. */
  readonly #flows = new Map<string, Flow<T>>();
  #size = 0;
  #weight = 0;

  get size(): number {
    return this.#size;
  }

  get weight(): number {
    return this.#weight;
  }

  add(sender: string, item: T, weight: number): void {
    let flow = this.#flows.get(sender);
    if (flow === undefined) {
      flow = { items: new Fifo(), deficit: QUANTUM };
      this.#flows.set(sender, flow);
    }
    flow.items.push({ item, weight });
    this.#size++;
    this.#weight += weight;
  }

  /** Takes items up to a number and a weight; at least one, if there is any. */
  take(maxItems: number, maxWeight: number): T[] {
    const taken: T[] = [];
    let left = maxWeight;
    for (let turn = this.#next(); turn !== undefined && taken.length < maxItems; turn = this.#next()) {
      const [sender, flow] = turn;
      const oldest = flow.items.oldest;
      if (oldest === undefined) {
        this.#flows.delete(sender);
        continue;
      }
      const { item, weight } = oldest;
      if (weight > flow.deficit) {
        flow.deficit += QUANTUM;
        // The others first.
        this.#flows.delete(sender);
        this.#flows.set(sender, flow);
        continue;
      }
      if (weight > left && taken.length > 0) break;
      flow.items.shift();
      flow.deficit -= weight;
      left -= weight;
      this.#size--;
      this.#weight -= weight;
      taken.push(item);
    }
    return taken;
  }

  #next(): [string, Flow<T>] | undefined {
    return this.#flows.entries().next().value;
  }
}
