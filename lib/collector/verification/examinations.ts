import { MountTable } from "../../files/mounts.js";
import { textToBytes } from "../../text/escape.js";
import type { Reach, UncheckedReason } from "../../verify/index.js";
import { MountBreaker } from "./breaker.js";
import { Examiner, type Outcome } from "./examiner.js";
import type { Requester } from "./look-budget.js";
import { type Look, Looks, type OnFile, unexamined } from "./looks.js";
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
const MAX_UNDEAD_CHILDREN = 12;
/** Children that take the place of those that wait for a file system. */
const MAX_SPARE_CHILDREN = 6;
/** Files that are left until fewer children wait for their mount. */
const MAX_LEFT = 1000;

export interface ExaminationEvents {
  /** What a child prints, which means that something is wrong with the child itself. */
  readonly onFault: (text: string) => void;
  /** Why files cannot be examined; undefined when they can again. */
  readonly onFailure: (failure: string | undefined) => void;
}

/** Requests → files in a fair order → child processes → what they found. */
export class Examinations {
  readonly #options: ExaminationOptions;
  readonly #events: ExaminationEvents;
  readonly #looks = new Looks((look, outcome) => this.#onOutcome(look, outcome));
  readonly #examiners: Examiner[];
  /** Why each examiner cannot examine files. */
  readonly #failures = new Map<number, string>();
  /** Files on mounts that children wait for. */
  #left: Look[] = [];
  readonly #mounts = new MountTable();
  readonly #breaker = new MountBreaker();
  readonly #sweeper: NodeJS.Timeout;
  /** When the first child was ready. Until then requests wait: a start may take long on a busy machine. */
  #firstReadyAt = Number.POSITIVE_INFINITY;
  #isFeeding = false;
  #isClosed = false;

  constructor(scope: ExamineScope, options: ExaminationOptions, events: ExaminationEvents) {
    this.#options = options;
    this.#events = events;
    const count = options.children + MAX_SPARE_CHILDREN;
    this.#examiners = Array.from({ length: count }, (_, index) => this.#makeExaminer(scope, index));
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_INTERVAL_MS).unref();
  }

  /** Number of files that wait to be examined, or are being examined. */
  get queued(): number {
    return this.#examiners.reduce((sum, { load }) => sum + load, this.#looks.waiting + this.#left.length);
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
      onFile(unexamined(obstacle));
      return;
    }
    this.#looks.add(path, reach, requester, onFile);
    this.#feedSoon();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#sweeper);
    for (const examiner of this.#examiners) examiner.close();
    this.#putBack(this.#left.splice(0));
    this.#looks.refuseAll("timeout");
  }

  /** Feeds the children once for all requests of this turn, so that they get few large messages. */
  #feedSoon(): void {
    if (this.#isFeeding) return;
    this.#isFeeding = true;
    setImmediate(() => {
      this.#isFeeding = false;
      this.#feed();
    });
  }

  #feed(): void {
    if (this.#isClosed) return;
    const active = this.#active();
    for (const examiner of active) if (this.#looks.waiting > 0) examiner.feed();
    for (const examiner of this.#examiners) if (!active.includes(examiner) && !examiner.isWaiting) examiner.rest();
  }

  /** The first examiners that do not wait for a file system. */
  #active(): Examiner[] {
    return this.#examiners.filter(({ isWaiting }) => !isWaiting).slice(0, this.#options.children);
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
      take: (maximum) => this.#looks.take(maximum),
      putBack: (tasks) => this.#putBack(tasks as readonly Look[]),
      onRoom: () => this.#feed(),
      onWaiting: (task, mount) => this.#onWaiting(index, task && (mount ?? this.#mountOf(task.request.path))),
      avoided: () => this.#breaker.avoided(index === 0),
      onFault: this.#events.onFault,
      onState: (failure) => this.#onState(index, failure),
    });
  }

  #putBack(looks: readonly Look[]): void {
    this.#looks.putBack(looks);
    this.#feedSoon();
  }

  #onWaiting(index: number, mount: string | undefined): void {
    this.#breaker.onWaiting(index, mount);
    if (mount === undefined) this.#putBack(this.#left.splice(0));
    else this.#feedSoon();
  }

  /** Leaves a file for later that a child did not touch because others wait for its mount. */
  #leave(look: Look, mount: string): boolean {
    if (this.#breaker.isOpen(mount) || this.#left.length >= MAX_LEFT) return false;
    if (this.#breaker.isAwaited(mount)) this.#left.push(look);
    else this.#putBack([look]);
    return true;
  }

  #onOutcome(look: Look, { found, beganAt, tookMs, mount, hang }: Outcome): void {
    if (found.state === "unchecked" && found.isAvoided && this.#leave(look, mount ?? "/")) return;
    if (hang !== undefined) this.#breaker.onHang(mount ?? this.#mountOf(look.request.path), hang);
    else if (mount !== undefined && found.state !== "unchecked") this.#breaker.onAnswer(mount);
    const ageMs = monotonicMs() - beganAt;
    const beganAtMonotonic = performance.now() - ageMs;
    // Date.now() is rounded down, so the difference is rounded up.
    this.#looks.answer(look, { found, beganAt: Math.ceil(Date.now() - ageMs), beganAtMonotonic }, tookMs);
  }

  /** The mount that the text of a path names. */
  #mountOf(path: string): string {
    try {
      return this.#mounts.of(Buffer.from(textToBytes(path))).point;
    } catch {
      return "/";
    }
  }

  #sweep(): void {
    const before = performance.now() - this.#options.maxWaitMs;
    if (before > this.#firstReadyAt) this.#looks.refuseBefore(before);
  }

  #isDown(): boolean {
    return this.#active().every(({ isDown }) => isDown);
  }

  #hasTooManyUndead(): boolean {
    return this.#examiners.reduce((sum, { undead }) => sum + undead, 0) >= MAX_UNDEAD_CHILDREN;
  }

  #onState(index: number, failure: string | undefined): void {
    if (failure === undefined) this.#firstReadyAt = Math.min(this.#firstReadyAt, performance.now());
    const before = this.#failures.size;
    if (failure !== undefined) this.#failures.set(index, failure);
    else if (before > 0) this.#failures.delete(index);
    if (failure !== undefined && this.#isDown()) this.#looks.refuseAll("unavailable");
    if (before === 0 && failure !== undefined) this.#events.onFailure(failure);
    else if (before > 0 && this.#failures.size === 0) this.#events.onFailure(undefined);
  }
}
