import { LookBudget, type Requester, requesterKey } from "./look-budget.js";
import { RankedHeap } from "./ranked-heap.js";

/** Requests that wait, of all senders, and of one. */
const MAX_QUEUED = 65_536;
const MAX_QUEUED_PER_SENDER = 32_768;
/** When the queue is full, a sender with at least this many requests loses half of them, the newest. */
const MIN_EVICTED = 16;

/** A request and who made it. */
export interface Queued<T> {
  readonly item: T;
  readonly requester: Requester;
  readonly queuedAt: number;
}

/** The requests of one requester, oldest first. */
interface Flow<T> {
  readonly requester: Requester;
  readonly entries: Queued<T>[];
}

interface Sender<T> {
  queued: number;
  /** By {@link requesterKey}. */
  readonly flows: Map<string, Flow<T>>;
}

/**
 * A fair queue: the requester whose examinations cost least lately is served first, and each in its own order. When it is
 * full, the sender with the most requests makes room. Times are those of performance.now().
 */
export class LookQueue<T> {
  readonly #budget = new LookBudget();
  readonly #senders = new Map<string, Sender<T>>();
  readonly #onRefused: (entry: Queued<T>) => void;
  #heap = new RankedHeap<Flow<T>>();
  #size = 0;
  /** Requests from before this time are refused. */
  #earliest = Number.NEGATIVE_INFINITY;
  /** Whether no sender has enough requests to make room; holds until the next sweep. */
  #isSpread = false;

  /** @param onRefused - called for a request that leaves the queue without an examination. */
  constructor(onRefused: (entry: Queued<T>) => void) {
    this.#onRefused = onRefused;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a request, or refuses it. */
  add(item: T, requester: Requester, now: number): void {
    const entry = { item, requester, queuedAt: now };
    const queued = this.#senders.get(requester.sender)?.queued ?? 0;
    if (
      queued >= MAX_QUEUED_PER_SENDER ||
      this.#budget.isExhausted(requester, now) ||
      (this.#size >= MAX_QUEUED && !this.#makeRoom())
    ) {
      this.#onRefused(entry);
      return;
    }
    this.#flowOf(requester, now).entries.push(entry);
    this.#count(requester.sender, 1);
  }

  /** Takes a request of the requester who comes next; undefined when none waits. */
  take(now: number): Queued<T> | undefined {
    for (let first = this.#heap.first; first !== undefined; first = this.#heap.first) {
      const { value: flow, rank } = first;
      const [entry] = flow.entries;
      if (entry === undefined) {
        this.#heap.removeFirst();
        this.#forget(flow);
        continue;
      }
      // Ranks only grow, so one that is still the same is the lowest. The difference allows for rounding.
      const current = this.#budget.rank(flow.requester, now);
      if (current > rank + 1e-6) {
        this.#heap.rerankFirst(current);
        continue;
      }
      flow.entries.shift();
      this.#count(flow.requester.sender, -1);
      if (!this.#isOverdue(entry) && !this.#budget.isExhausted(flow.requester, now)) {
        this.#budget.begin(flow.requester, now);
        return entry;
      }
      this.#onRefused(entry);
    }
    return undefined;
  }

  /** Puts back a request that was taken and not examined: it is the next of its requester. */
  putBack(entry: Queued<T>, now: number): void {
    this.#flowOf(entry.requester, now).entries.unshift(entry);
    this.#count(entry.requester.sender, 1);
  }

  /** Charges an examination that ended. */
  charge(requester: Requester, tookMs: number, isMiss: boolean, now: number): void {
    this.#budget.end(requester, tookMs, isMiss, now);
  }

  /** Refuses all requests that were added before a time, except those that wait as long as they have to. */
  sweep(before: number, now: number): void {
    this.#earliest = before;
    this.#heap = new RankedHeap();
    this.#isSpread = false;
    for (const { flows } of [...this.#senders.values()]) {
      for (const flow of [...flows.values()]) {
        const kept = flow.entries.findIndex((entry) => !this.#isOverdue(entry));
        this.#refuse(flow, 0, kept === -1 ? flow.entries.length : kept);
        if (flow.entries.length === 0) this.#forget(flow);
        else this.#heap.add(flow, this.#budget.rank(flow.requester, now));
      }
    }
  }

  refuseAll(): void {
    for (const { flows } of [...this.#senders.values()]) {
      for (const flow of [...flows.values()]) this.#refuse(flow, 0, flow.entries.length);
    }
  }

  #flowOf(requester: Requester, now: number): Flow<T> {
    let sender = this.#senders.get(requester.sender);
    if (sender === undefined) {
      sender = { queued: 0, flows: new Map() };
      this.#senders.set(requester.sender, sender);
    }
    const key = requesterKey(requester);
    let flow = sender.flows.get(key);
    if (flow === undefined) {
      flow = { requester, entries: [] };
      sender.flows.set(key, flow);
      this.#heap.add(flow, this.#budget.rank(requester, now));
    }
    return flow;
  }

  #isOverdue({ requester, queuedAt }: Queued<T>): boolean {
    return queuedAt < this.#earliest && requester.isPatient !== true;
  }

  #forget({ requester }: Flow<T>): void {
    const sender = this.#senders.get(requester.sender);
    sender?.flows.delete(requesterKey(requester));
    if (sender?.flows.size === 0) this.#senders.delete(requester.sender);
  }

  #count(sender: string, change: number): void {
    this.#size += change;
    const found = this.#senders.get(sender);
    if (found !== undefined) found.queued += change;
  }

  /** False when no sender has many requests. */
  #makeRoom(): boolean {
    if (this.#isSpread) return false;
    let largest: Sender<T> | undefined;
    for (const sender of this.#senders.values()) if (sender.queued > (largest?.queued ?? 0)) largest = sender;
    this.#isSpread = largest === undefined || largest.queued < MIN_EVICTED;
    if (largest === undefined || this.#isSpread) return false;
    for (const flow of largest.flows.values()) {
      if (flow.requester.isPatient !== true)
        this.#refuse(flow, Math.floor(flow.entries.length / 2), flow.entries.length);
    }
    return this.#size < MAX_QUEUED;
  }

  #refuse(flow: Flow<T>, from: number, to: number): void {
    const refused = flow.entries.splice(from, to - from);
    this.#count(flow.requester.sender, -refused.length);
    for (const entry of refused) this.#onRefused(entry);
  }
}
