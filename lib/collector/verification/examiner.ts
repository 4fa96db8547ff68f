import { type ChildProcess, fork } from "node:child_process";
import type { Found } from "../../verify/index.js";
import { entryFile } from "../threads/entry.js";
import type { ExamineRequest, ExamineResult, ExamineScope, FromChild, ToChild } from "./protocol.js";
import { fromWireFound, monotonicMs } from "./protocol.js";
import { SlowFileWatch } from "./slow-file-watch.js";

/** Requests that a child has at most. Several, so that it never waits for the collector. */
const MAX_SENT = 64;
const START_TIMEOUT_MS = 20_000;
/** Pause before the next start of a child that could not start; it doubles up to the second value. */
const RESTART_DELAY_MS = 1000;
const LONGEST_RESTART_DELAY_MS = 30_000;
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
  /** A system call on that mount did not return. */
  readonly isHang?: boolean;
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
  /** Whether tasks wait. */
  readonly hasTasks: () => boolean;
  /** Takes back tasks that were not begun, in their order. */
  readonly putBack: (tasks: readonly Task[]) => void;
  /** Mount points that the child must not touch. */
  readonly avoided: () => string[];
  /** What the child prints, which means that something is wrong with the child itself. */
  readonly onFault: (text: string) => void;
  /** Why no child can be started, or why a child cannot examine files; undefined when it can again. */
  readonly onState: (failure: string | undefined) => void;
}

/**
 * One child process that examines files. It takes tasks when it has few. While a file is slow, the other tasks are put
 * back, so that another child gets them. A file that exceeds the timeout ends the child.
 */
export class Examiner {
  readonly #parts: ExaminerParts;
  /** Tasks that the child has, in the order of its results. */
  #sent: Sent[] = [];
  #lastId = 0;
  /** Whether the first task is slow. Until it is done, the child gets no others. */
  #isSlow = false;
  readonly #watch: SlowFileWatch;
  #child: ChildProcess | undefined;
  #isReady = false;
  #startTimer: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** Mount that the path of the first task led into. */
  #mount: string | undefined;
  /** Starts that failed in a row. */
  #failures = 0;
  #restart: NodeJS.Timeout | undefined;
  /** Killed children that have not ended: SIGKILL has no effect while the kernel waits for a dead file server. */
  #undead = 0;

  constructor(parts: ExaminerParts) {
    this.#parts = parts;
    this.#watch = new SlowFileWatch(parts.fileTimeoutMs, {
      onSlow: () => {
        this.#isSlow = true;
        this.#putBack(this.#sent.splice(1));
      },
      onTooSlow: (found, isHang) => this.#giveUp(found, isHang),
    });
  }

  get load(): number {
    return this.#sent.length;
  }

  /** Whether no child can be started for the time being. */
  get isDown(): boolean {
    return this.#restart !== undefined;
  }

  get undead(): number {
    return this.#undead;
  }

  /** Takes tasks, if it has room for some. */
  feed(): void {
    const { take, hasTasks, avoided } = this.#parts;
    if (this.#isClosed || this.#restart !== undefined || !hasTasks()) return;
    if (this.#child === undefined) this.#start();
    // Wait until half of the tasks are done: few large messages instead of many small ones.
    if (!this.#isReady || this.#isSlow || this.#sent.length > MAX_SENT / 2) return;
    const batch = take(MAX_SENT - this.#sent.length).map((task) => ({ id: ++this.#lastId, task }));
    if (batch.length === 0) return;
    const isIdle = this.#sent.length === 0;
    this.#sent.push(...batch);
    const requests = batch.map(({ id, task: { request } }) => ({ id, ...request }));
    this.#send({ kind: "examine", requests, avoid: avoided() });
    if (isIdle) this.#expectResult();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#restart);
    this.#discard();
    this.#putBack(this.#sent.splice(0));
  }

  #putBack(sent: readonly Sent[]): void {
    this.#parts.putBack(sent.map(({ task }) => task));
  }

  #send(message: ToChild): void {
    // Without a channel the child could not be started, or is gone; its "error" or "exit" event follows.
    if (this.#child?.connected === true) this.#child.send(message, () => {});
  }

  #start(): void {
    let child: ChildProcess;
    try {
      child = fork(entryFile("examine-child"), [], {
        // The child ends when the other end of its standard input closes.
        stdio: ["pipe", "ignore", "pipe", "ipc"],
        execArgv: ["--max-old-space-size=256"],
        env: {},
      });
    } catch (error) {
      this.#onStartFailed(reasonOf(error as Error));
      return;
    }
    this.#child = child;
    child.stdin?.on("error", () => {});
    child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#parts.onFault(text.trimEnd()));
    child.on("message", (message: FromChild) => {
      if (child === this.#child) this.#onMessage(message);
    });
    child.on("error", (error) => this.#onEnd(child, reasonOf(error)));
    child.on("disconnect", () => this.#onEnd(child, "it closed its channel"));
    child.on("exit", (code, signal) => this.#onEnd(child, `it ended with ${signal ?? code}`));
    this.#startTimer = setTimeout(
      () => this.#onEnd(child, `it did not start within ${START_TIMEOUT_MS} ms`),
      START_TIMEOUT_MS,
    );
    this.#send({ kind: "scope", scope: this.#parts.scope });
  }

  #onMessage(message: FromChild): void {
    switch (message.kind) {
      case "ready":
        clearTimeout(this.#startTimer);
        this.#isReady = true;
        this.#failures = 0;
        this.#parts.onState(undefined);
        break;
      case "entering":
        if (message.id === this.#sent[0]?.id) this.#mount = message.mount;
        break;
      case "returned":
        this.#onReturned(new Set(message.ids));
        break;
      case "result":
        this.#onResult(message);
    }
    this.feed();
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
    this.#isSlow = false;
    this.#mount = undefined;
    if (this.#sent.length === 0) this.#watch.stop();
    else this.#watch.start(this.#child?.pid);
  }

  /** Ends the child and the examination of its first task. */
  #giveUp(found: Found, isHang = false): void {
    const tookMs = this.#watch.elapsedMs;
    this.#discard();
    const culprit = this.#sent.shift()?.task;
    this.#putBack(this.#sent.splice(0));
    const beganAt = monotonicMs() - tookMs;
    // The breaker bounds hangs, and a dead file server is not the fault of the users whose files it has.
    const chargedMs = isHang ? RESTART_COST_MS : tookMs + RESTART_COST_MS;
    culprit?.onOutcome({ found, beganAt, tookMs: chargedMs, mount: this.#mount, isHang });
    this.feed();
  }

  /** The child ended by itself. The file that it was examining is tried once more. */
  #onEnd(child: ChildProcess, reason: string): void {
    if (child !== this.#child) return;
    const culprit = this.#sent[0]?.task;
    if (culprit === undefined) {
      this.#discard();
      this.#onStartFailed(reason);
      return;
    }
    this.#parts.onFault(`the process that examines ${JSON.stringify(culprit.request.path)}: ${reason}`);
    if (culprit.deaths++ > 0) {
      this.#giveUp({ state: "unchecked", reason: "unavailable" });
      return;
    }
    this.#discard();
    this.#putBack(this.#sent.splice(0));
    this.feed();
  }

  #onStartFailed(reason: string): void {
    const delayMs = Math.min(RESTART_DELAY_MS * 2 ** this.#failures++, LONGEST_RESTART_DELAY_MS);
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      // Without waiting for a task, so that a warning ends with its cause.
      if (!this.#isClosed && this.#child === undefined) this.#start();
      this.feed();
    }, delayMs).unref();
    this.#parts.onState(`the process that examines files: ${reason}`);
  }

  #discard(): void {
    clearTimeout(this.#startTimer);
    this.#watch.stop();
    this.#isSlow = false;
    const child = this.#child;
    this.#child = undefined;
    this.#isReady = false;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    this.#undead++;
    child.once("exit", () => {
      this.#undead--;
    });
    child.kill("SIGKILL");
    child.unref();
    child.channel?.unref();
    child.stdin?.destroy();
    child.stderr?.destroy();
  }
}

/** Without the path of the program: /readyz, which shows the reason, is public. */
const reasonOf = ({ code, message }: NodeJS.ErrnoException) => (code === undefined ? message : `cannot start: ${code}`);
