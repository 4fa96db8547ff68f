import type { Found, Reach, UncheckedReason } from "../../verify/index.js";
import type { Outcome, Task } from "./examiner.js";
import { type Requester, requesterKey } from "./look-budget.js";
import { LookQueue, type Queued } from "./look-queue.js";

/** What an examination found. The file was in this state when the examination began, or later. */
export interface ExaminedFile {
  readonly found: Found;
  /** Milliseconds since the epoch. */
  readonly beganAt: number;
  /** By performance.now(), which changes of the system clock do not affect. */
  readonly beganAtMonotonic: number;
}

export type OnFile = (file: ExaminedFile) => void;

/** All requests of one requester for one file. */
interface Ticket {
  readonly look: Look;
  readonly callbacks: OnFile[];
  /** Its entry, if it waits outside of the queue, because a child has the file. */
  parked: Queued<Ticket> | undefined;
}

/** A file to be examined, once for all who ask. */
export class Look implements Task {
  readonly key: string;
  readonly request: Task["request"];
  readonly tickets = new Map<string, Ticket>();
  readonly onOutcome: (outcome: Outcome) => void;
  deaths = 0;
  /** The request that brought it to a child. Its requester is charged. */
  sent: Queued<Ticket> | undefined;

  constructor(key: string, request: Task["request"], onOutcome: (look: Look, outcome: Outcome) => void) {
    this.key = key;
    this.request = request;
    this.onOutcome = (outcome) => onOutcome(this, outcome);
  }
}

/** Requests → files to be examined, in a fair order → answers to all who asked. */
export class Looks {
  readonly #looks = new Map<string, Look>();
  readonly #queue = new LookQueue<Ticket>((entry) => this.#onRefused(entry));
  readonly #onOutcome: (look: Look, outcome: Outcome) => void;
  /** Why the queue refuses requests. */
  #refusal: UncheckedReason = "overload";

  constructor(onOutcome: (look: Look, outcome: Outcome) => void) {
    this.#onOutcome = onOutcome;
  }

  /** Requests that wait to be taken. */
  get waiting(): number {
    return this.#queue.size;
  }

  add(path: string, reach: Reach, requester: Requester, onFile: OnFile): void {
    const key = `${reach} ${path}`;
    let look = this.#looks.get(key);
    if (look === undefined) {
      look = new Look(key, { path, reach }, this.#onOutcome);
      this.#looks.set(key, look);
    }
    const known = look.tickets.get(requesterKey(requester));
    if (known !== undefined) {
      known.callbacks.push(onFile);
      return;
    }
    const now = performance.now();
    const ticket: Ticket = { look, callbacks: [onFile], parked: undefined };
    look.tickets.set(requesterKey(requester), ticket);
    if (look.sent === undefined) this.#queue.add(ticket, requester, now);
    else ticket.parked = { item: ticket, requester, queuedAt: now };
  }

  take(maximum: number): Look[] {
    const taken: Look[] = [];
    while (taken.length < maximum) {
      const entry = this.#queue.take(performance.now());
      if (entry === undefined) break;
      const { look } = entry.item;
      if (look.sent === undefined) {
        look.sent = entry;
        taken.push(look);
      } else {
        // Another requester came first. The result is for this one too.
        entry.item.parked = entry;
      }
    }
    return taken;
  }

  /** Takes back what was not examined, in its order. */
  putBack(looks: readonly Look[]): void {
    const now = performance.now();
    for (const look of [...looks].reverse()) {
      if (look.sent !== undefined) this.#queue.putBack(look.sent, now);
      look.sent = undefined;
      for (const ticket of look.tickets.values()) {
        if (ticket.parked !== undefined) this.#queue.putBack(ticket.parked, now);
        ticket.parked = undefined;
      }
    }
  }

  /** Charges an examination, and answers all who asked. */
  answer(look: Look, file: ExaminedFile, tookMs: number): void {
    const isMiss = file.found.state === "missing";
    if (look.sent !== undefined) this.#queue.charge(look.sent.requester, tookMs, isMiss, performance.now());
    this.#looks.delete(look.key);
    for (const { callbacks } of look.tickets.values()) for (const onFile of callbacks) onFile(file);
  }

  /** Refuses requests that are older than a time of performance.now(). */
  refuseBefore(time: number): void {
    this.#queue.sweep(time, performance.now());
  }

  refuseAll(reason: UncheckedReason): void {
    this.#refusal = reason;
    this.#queue.refuseAll();
    this.#refusal = "overload";
  }

  #onRefused(entry: Queued<Ticket>): void {
    const { look, callbacks } = entry.item;
    const key = requesterKey(entry.requester);
    // Answered already.
    if (look.tickets.get(key) !== entry.item || this.#looks.get(look.key) !== look) return;
    if (look.sent !== undefined) {
      entry.item.parked = entry;
      return;
    }
    look.tickets.delete(key);
    if (look.tickets.size === 0) this.#looks.delete(look.key);
    for (const onFile of callbacks) onFile(unexamined(this.#refusal));
  }
}

export function unexamined(reason: UncheckedReason): ExaminedFile {
  return { found: { state: "unchecked", reason }, beganAt: Date.now(), beganAtMonotonic: performance.now() };
}
