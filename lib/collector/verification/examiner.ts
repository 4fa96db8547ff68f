import type { Found } from "../../verify/index.js";
import { ExamineProcess } from "./examine-process.js";
import type { ExamineRequest, ExamineResult, ExamineScope, FromChild } from "./protocol.js";
import { fromWireFound, monotonicMs } from "./protocol.js";
import { SlowFileWatch } from "./slow-file-watch.js";

/** Requests that a child has at most. Several, so that it never waits for the collector. */
const MAX_SENT = 64;
/** Charged in addition for a file that ends its child. */
const RESTART_COST_MS = 200;

/** How an examination ended. */
export interface Outcome {
  readonly found: Found;
  /** When it began, or later, by {@link monotonicMs}. */
  readonly beganAt: number;
  readonly tookMs: number;
  /** Mount that the path led into; undefined when that is the one that its text names. */
  readonly mount: string | undefined;
  /** A system call on that mount did not return. Fulfilled when the killed child has ended. */
  readonly hang?: Promise<void> | undefined;
}

export interface Task {
  readonly request: Omit<ExamineRequest, "id">;
  /** Times that a child ended by itself while it examined this file. */
  deaths: number;
  readonly onOutcome: (outcome: Outcome) => void;
}

/** A task that the child has. A task that is sent again has a new number: results for the old one are ignored. */
interface Sent {
  readonly id: number;
  readonly task: Task;
}

export interface ExaminerParts {
  readonly scope: ExamineScope;
  readonly fileTimeoutMs: number;
  /** Takes tasks that wait, up to a number. */
  readonly take: (maximum: number) => Task[];
  /** Takes back tasks that were not begun, in their order. */
  readonly putBack: (tasks: readonly Task[]) => void;
  /** The child may have room for tasks now. */
  readonly onRoom: () => void;
  /** The child waits for a file on this mount (undefined: the one that its path names), or does no longer. */
  readonly onWaiting: (task: Task | undefined, mount: string | undefined) => void;
  /** Mount points that the child must not touch. */
  readonly avoided: () => string[];
  /** What the child prints, which means that something is wrong with the child itself. */
  readonly onFault: (text: string) => void;
  /** Why no child can be started, or why a child cannot examine files; undefined when it can again. */
  readonly onState: (failure: string | undefined) => void;
}

/**
 * One child process that examines files, task by task. While a file is slow, the other tasks are put back, so that another
 * child gets them. A file that exceeds the timeout ends the child.
 */
export class Examiner {
  readonly #parts: ExaminerParts;
  readonly #process: ExamineProcess;
  readonly #watch: SlowFileWatch;
  /** Tasks that the child has, in the order of its results. */
  #sent: Sent[] = [];
  #lastId = 0;
  /** Whether the first task is slow. Until it is done, the child gets no others. */
  #isSlow = false;
  /** Whether the first task waits for its file system. */
  #isWaiting = false;
  /** Mount that the path of the first task led into. */
  #mount: string | undefined;

  constructor(parts: ExaminerParts) {
    this.#parts = parts;
    this.#process = new ExamineProcess(parts.scope, {
      onReady: () => {
        parts.onState(undefined);
        parts.onRoom();
      },
      onMessage: (message) => this.#onMessage(message),
      onFault: parts.onFault,
      onEnd: (reason) => this.#onEnd(reason),
      onDown: parts.onState,
    });
    this.#watch = new SlowFileWatch(parts.fileTimeoutMs, {
      onSlow: (isWaiting) => this.#onSlow(isWaiting),
      onTooSlow: (found, isHang) => this.#giveUp(found, isHang),
    });
  }

  get load(): number {
    return this.#sent.length;
  }

  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Whether no child can be started for the time being. */
  get isDown(): boolean {
    return this.#process.isDown;
  }

  get undead(): number {
    return this.#process.undead;
  }

  /** Takes tasks, if it has room for some. There must be some. */
  feed(): void {
    this.#process.start();
    // Wait until half of the tasks are done: few large messages instead of many small ones.
    if (!this.#process.isReady || this.#isSlow || this.#sent.length > MAX_SENT / 2) return;
    const batch = this.#parts.take(MAX_SENT - this.#sent.length).map((task) => ({ id: ++this.#lastId, task }));
    if (batch.length === 0) return;
    const isIdle = this.#sent.length === 0;
    this.#sent.push(...batch);
    const requests = batch.map(({ id, task: { request } }) => ({ id, ...request }));
    this.#process.send({ kind: "examine", requests, avoid: this.#parts.avoided() });
    if (isIdle) this.#expectResult();
  }

  /** Ends a child that has nothing to do. */
  rest(): void {
    if (this.#sent.length === 0 && this.#process.isReady) void this.#process.discard();
  }

  close(): void {
    this.#process.close();
    this.#stopWatching();
    this.#putBack(this.#sent.splice(0));
  }

  #putBack(sent: readonly Sent[]): void {
    this.#parts.putBack(sent.map(({ task }) => task));
  }

  #onMessage(message: Exclude<FromChild, { kind: "ready" }>): void {
    switch (message.kind) {
      case "entering":
        if (message.id === this.#sent[0]?.id) this.#mount = message.mount;
        if (this.#isWaiting) this.#parts.onWaiting(this.#sent[0]?.task, this.#mount);
        break;
      case "returned":
        this.#onReturned(new Set(message.ids));
        break;
      case "result":
        this.#onResult(message);
    }
    this.#parts.onRoom();
  }

  #onReturned(ids: ReadonlySet<number>): void {
    const returned = this.#sent.filter(({ id }) => ids.has(id));
    if (returned.length === 0) return;
    this.#sent = this.#sent.filter(({ id }) => !ids.has(id));
    this.#putBack(returned);
    this.#expectResult();
  }

  #onResult({ id, found, beganAt, tookMs, mount, fault }: ExamineResult): void {
    const [first] = this.#sent;
    if (id > (first?.id ?? this.#lastId)) throw new Error("an examination result without a request");
    if (id !== first?.id) return;
    const { task } = first;
    this.#sent.shift();
    this.#expectResult();
    this.#parts.onState(fault);
    task.onOutcome({ found: fromWireFound(found), beganAt, tookMs, mount });
  }

  /** The child has begun with the next task, if there is one. */
  #expectResult(): void {
    this.#stopWatching();
    if (this.#sent.length > 0) this.#watch.start(this.#process.pid);
  }

  #stopWatching(): void {
    this.#watch.stop();
    this.#isSlow = false;
    this.#mount = undefined;
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    this.#parts.onWaiting(undefined, undefined);
  }

  #onSlow(isWaiting: boolean): void {
    this.#isSlow = true;
    this.#isWaiting = isWaiting;
    if (isWaiting) this.#parts.onWaiting(this.#sent[0]?.task, this.#mount);
    this.#putBack(this.#sent.splice(1));
  }

  /** Ends the child and the examination of its first task. */
  #giveUp(found: Found, isHang = false): void {
    const tookMs = this.#watch.elapsedMs;
    const mount = this.#mount;
    const culprit = this.#sent.shift()?.task;
    const ended = this.#discard();
    const beganAt = monotonicMs() - tookMs;
    // The breaker bounds hangs, and a dead file server is not the fault of the users whose files it has.
    const chargedMs = isHang ? RESTART_COST_MS : tookMs + RESTART_COST_MS;
    culprit?.onOutcome({ found, beganAt, tookMs: chargedMs, mount, hang: isHang ? ended : undefined });
    this.#parts.onRoom();
  }

  /** The child ended by itself. The file that it was examining is tried once more. */
  #onEnd(reason: string): void {
    const culprit = this.#sent[0]?.task;
    if (culprit === undefined) {
      this.#stopWatching();
      this.#process.pause(reason);
      return;
    }
    this.#parts.onFault(`the process that examines ${JSON.stringify(culprit.request.path)}: ${reason}`);
    if (culprit.deaths++ > 0) {
      this.#giveUp({ state: "unchecked", reason: "unavailable" });
      return;
    }
    void this.#discard();
    this.#parts.onRoom();
  }

  /** Ends the child; its tasks are put back. Fulfilled when it has ended. */
  #discard(): Promise<void> {
    const ended = this.#process.discard();
    this.#stopWatching();
    this.#putBack(this.#sent.splice(0));
    return ended;
  }
}
