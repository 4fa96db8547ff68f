import { MountTable } from "../../files/mounts.js";
import { textToBytes } from "../../text/escape.js";
import type { Found, Reach, UncheckedReason } from "../../verify/index.js";
import { MountBreaker } from "./breaker.js";
import { Examiner, type Outcome, type Task } from "./examiner.js";
import { type Requester, requesterKey } from "./look-budget.js";
import { LookQueue, type Queued } from "./look-queue.js";
import { type ExamineScope, monotonicMs } from "./protocol.js";

export interface ExaminationOptions {
  /** Child processes that examine files. */
  readonly children: number;
  /** Time for one file. */
  readonly fileTimeoutMs: number;
  /** Longest time that a request waits; then the file is not examined. */
  readonly maxWaitMs: number;
}

export const EXAMINATION_DEFAULTS: ExaminationOptions = { children: 2, fileTimeoutMs: 5000, maxWaitMs: 10_000 };

/** Interval in which requests that waited too long are refused. */
const SWEEP_INTERVAL_MS = 250;
/** Killed children that have not ended yet; beyond it no file is examined. */
const MAX_UNDEAD_CHILDREN = 8;

/** What an examination found. The file was in this state when the examination began, or later. */
export interface ExaminedFile {
  readonly found: Found;
  /** Milliseconds since the epoch. */
  readonly beganAt: number;
  /** By performance.now(), which changes of the system clock do not affect. */
  readonly beganAtMonotonic: number;
}

export interface ExaminationEvents {
  /** What a child prints, which means that something is wrong with the child itself. */
  readonly onFault: (text: string) => void;
  /** Why files cannot be examined; undefined when they can again. */
  readonly onFailure: (failure: string | undefined) => void;
}

type OnFile = (file: ExaminedFile) => void;

/** All requests of one requester for one file. */
interface Ticket {
  readonly look: Look;
  readonly callbacks: OnFile[];
  /** Its entry, if it waits outside of the queue, because a child has the file. */
  parked: Queued<Ticket> | undefined;
}

/** A file to be examined, once for all who ask. */
class Look implements Task {
  readonly request: Task["request"];
  readonly tickets = new Map<string, Ticket>();
  readonly onOutcome: (outcome: Outcome) => void;
  deaths = 0;
  /** The request that brought it to a child. Its requester is charged. */
  sent: Queued<Ticket> | undefined;

  constructor(request: Task["request"], onDone: (look: Look, outcome: Outcome) => void) {
    this.request = request;
    this.onOutcome = (outcome) => onDone(this, outcome);
  }
}

/** Requests → a fair queue → child processes → what they found. */
export class Examinations {
  readonly #options: ExaminationOptions;
  readonly #events: ExaminationEvents;
  readonly #looks = new Map<string, Look>();
  readonly #queue = new LookQueue<Ticket>((entry) => this.#onRefused(entry));
  readonly #examiners: Examiner[];
  /** Why each examiner cannot examine files. */
  readonly #failures = new Map<number, string>();
  readonly #mounts = new MountTable();
  readonly #breaker = new MountBreaker();
  readonly #sweeper: NodeJS.Timeout;
  /** Why the queue refuses requests. */
  #refusal: UncheckedReason = "overload";
  /** When the first child was ready. Until then requests wait: a start may take long on a busy machine. */
  #firstReadyAt = Number.POSITIVE_INFINITY;
  #isFeeding = false;
  #isClosed = false;

  constructor(scope: ExamineScope, options: ExaminationOptions, events: ExaminationEvents) {
    this.#options = options;
    this.#events = events;
    this.#examiners = Array.from({ length: options.children }, (_, index) => this.#makeExaminer(scope, index));
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_INTERVAL_MS).unref();
  }

  /** Number of files that wait to be examined, or are being examined. */
  get queued(): number {
    return this.#examiners.reduce((sum, { load }) => sum + load, this.#queue.size);
  }

  /** Sentences for /readyz, which is public: without paths. */
  warnings(): string[] {
    const warnings = [...new Set(this.#failures.values())].map((text) => `reported files are not examined: ${text}`);
    if (this.#breaker.avoided(false).length > 0) warnings.push("a file system hangs; its files are not examined");
    if (this.#hasTooManyUndead()) warnings.push("reported files are not examined: killed processes do not end");
    return warnings;
  }

  examine(path: string, reach: Reach, requester: Requester, onFile: OnFile): void {
    const obstacle = this.#obstacle();
    if (obstacle !== undefined) {
      onFile(unchecked(obstacle));
      return;
    }
    const key = `${reach} ${path}`;
    let look = this.#looks.get(key);
    if (look === undefined) {
      look = new Look({ path, reach }, (done, outcome) => this.#onDone(key, done, outcome));
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
    this.#feedSoon();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#sweeper);
    for (const examiner of this.#examiners) examiner.close();
    this.#refuseAll("timeout");
  }

  /** Feeds the children once for all requests of this turn, so that they get few large messages. */
  #feedSoon(): void {
    if (this.#isFeeding) return;
    this.#isFeeding = true;
    setImmediate(() => {
      this.#isFeeding = false;
      for (const examiner of this.#examiners) examiner.feed();
    });
  }

  /** Why nothing is examined now. */
  #obstacle(): UncheckedReason | undefined {
    if (this.#isClosed) return "timeout";
    return this.#hasTooManyUndead() || this.#isDown() ? "unavailable" : undefined;
  }

  #makeExaminer(scope: ExamineScope, index: number): Examiner {
    return new Examiner({
      scope,
      fileTimeoutMs: this.#options.fileTimeoutMs,
      take: (maximum) => this.#take(maximum),
      hasTasks: () => this.#queue.size > 0,
      putBack: (tasks) => this.#putBack(tasks),
      avoided: () => this.#breaker.avoided(index === 0),
      onFault: this.#events.onFault,
      onState: (failure) => this.#onState(index, failure),
    });
  }

  #take(maximum: number): Look[] {
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

  #putBack(tasks: readonly Task[]): void {
    const now = performance.now();
    for (const look of [...(tasks as readonly Look[])].reverse()) {
      if (look.sent !== undefined) this.#queue.putBack(look.sent, now);
      look.sent = undefined;
      for (const ticket of look.tickets.values()) {
        if (ticket.parked !== undefined) this.#queue.putBack(ticket.parked, now);
        ticket.parked = undefined;
      }
    }
    this.#feedSoon();
  }

  #onDone(key: string, look: Look, { found, beganAt, tookMs, mount, isHang = false }: Outcome): void {
    const now = performance.now();
    if (look.sent !== undefined) this.#queue.charge(look.sent.requester, tookMs, found.state === "missing", now);
    if (isHang) this.#breaker.onHang(mount ?? this.#mountOf(look.request.path));
    else if (mount !== undefined && found.state !== "unchecked") this.#breaker.onAnswer(mount);
    this.#looks.delete(key);
    const ageMs = monotonicMs() - beganAt;
    // Date.now() is rounded down, so the difference is rounded up.
    this.#answer(look, { found, beganAt: Math.ceil(Date.now() - ageMs), beganAtMonotonic: now - ageMs });
  }

  /** The mount that the text of a path names. */
  #mountOf(path: string): string {
    try {
      return this.#mounts.of(Buffer.from(textToBytes(path))).point;
    } catch {
      return "/";
    }
  }

  #answer({ tickets }: Look, file: ExaminedFile): void {
    for (const { callbacks } of tickets.values()) for (const onFile of callbacks) onFile(file);
  }

  #onRefused(entry: Queued<Ticket>): void {
    const { look, callbacks } = entry.item;
    const key = requesterKey(entry.requester);
    // Answered already.
    if (look.tickets.get(key) !== entry.item || this.#looks.get(keyOf(look)) !== look) return;
    if (look.sent !== undefined) {
      entry.item.parked = entry;
      return;
    }
    look.tickets.delete(key);
    if (look.tickets.size === 0) this.#looks.delete(keyOf(look));
    for (const onFile of callbacks) onFile(unchecked(this.#refusal));
  }

  #refuseAll(reason: UncheckedReason): void {
    this.#refusal = reason;
    this.#queue.refuseAll();
    this.#refusal = "overload";
  }

  #sweep(): void {
    const now = performance.now();
    const before = now - this.#options.maxWaitMs;
    if (before > this.#firstReadyAt) this.#queue.sweep(before, now);
  }

  #isDown(): boolean {
    return this.#examiners.every(({ isDown }) => isDown);
  }

  #hasTooManyUndead(): boolean {
    return this.#examiners.reduce((sum, { undead }) => sum + undead, 0) >= MAX_UNDEAD_CHILDREN;
  }

  #onState(index: number, failure: string | undefined): void {
    if (failure === undefined) this.#firstReadyAt = Math.min(this.#firstReadyAt, performance.now());
    const before = this.#failures.size;
    if (failure !== undefined) this.#failures.set(index, failure);
    else if (before > 0) this.#failures.delete(index);
    if (failure !== undefined && this.#isDown()) this.#refuseAll("unavailable");
    if (before === 0 && failure !== undefined) this.#events.onFailure(failure);
    else if (before > 0 && this.#failures.size === 0) this.#events.onFailure(undefined);
  }
}

const keyOf = ({ request: { path, reach } }: Look) => `${reach} ${path}`;

function unchecked(reason: UncheckedReason): ExaminedFile {
  return { found: { state: "unchecked", reason }, beganAt: Date.now(), beganAtMonotonic: performance.now() };
}
