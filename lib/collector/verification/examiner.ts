import { type ChildProcess, fork } from "node:child_process";
import { entryFile } from "../threads/entry.js";
import { type Examination, type ExamineRequest, type ExamineResult, fromWireResult } from "./protocol.js";

/** Requests that a child has at most. Several, so that it never waits for the collector. */
const MAX_SENT = 64;
const START_TIMEOUT_MS = 20_000;
/** A child that ended by itself is replaced after this time: one that cannot start would be started without end. */
const RESTART_DELAY_MS = 1000;

export interface Task {
  readonly request: ExamineRequest;
  readonly onResult: (result: Examination) => void;
}

/**
 * Requests → one child process → results. The child starts with the first request. A file that exceeds the timeout counts
 * as hanging: the child is killed, and its other requests go to a new one.
 */
export class Examiner {
  readonly #fileTimeoutMs: number;
  readonly #onFault: (text: string) => void;
  readonly #queue: Task[] = [];
  /** Requests that the child has, in the order of its results. */
  #sent: Task[] = [];
  #child: ChildProcess | undefined;
  #isReady = false;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** Killed children that have not ended: SIGKILL has no effect while the kernel waits for a dead file server. */
  #undead = 0;

  /** @param onFault - receives what the child prints. */
  constructor(fileTimeoutMs: number, onFault: (text: string) => void) {
    this.#fileTimeoutMs = fileTimeoutMs;
    this.#onFault = onFault;
  }

  get load(): number {
    return this.#queue.length + this.#sent.length;
  }

  get undead(): number {
    return this.#undead;
  }

  add(task: Task): void {
    if (this.#isClosed) {
      task.onResult({ state: "unchecked", reason: "timeout" });
      return;
    }
    this.#queue.push(task);
    this.#feed();
  }

  close(): void {
    this.#isClosed = true;
    this.#discard();
    for (const { onResult } of [...this.#sent, ...this.#queue.splice(0)])
      onResult({ state: "unchecked", reason: "timeout" });
    this.#sent = [];
  }

  #feed(): void {
    if (this.#isClosed || (this.#queue.length === 0 && this.#sent.length === 0)) return;
    if (this.#child === undefined) this.#start();
    if (!this.#isReady) return;
    // Wait until half of the requests are done: few large messages instead of many small ones.
    if (this.#sent.length > MAX_SENT / 2 || this.#queue.length === 0) return;
    const batch = this.#queue.splice(0, MAX_SENT - this.#sent.length);
    const isIdle = this.#sent.length === 0;
    this.#sent.push(...batch);
    this.#child?.send(batch.map(({ request }) => request));
    if (isIdle) this.#expect(this.#fileTimeoutMs);
  }

  #start(): void {
    const child = fork(entryFile("examine-child"), [], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: ["--max-old-space-size=256"],
      env: {},
    });
    this.#child = child;
    this.#isReady = false;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#onFault(text.trimEnd()));
    child.on("message", (message: "ready" | ExamineResult) => {
      if (child !== this.#child) return;
      if (message === "ready") this.#isReady = true;
      else this.#onResult(message);
      this.#feed();
    });
    child.on("error", () => this.#onEnd(child));
    child.on("exit", () => this.#onEnd(child));
    this.#expect(START_TIMEOUT_MS);
  }

  #onResult(result: ExamineResult): void {
    const task = this.#sent.shift();
    if (task === undefined || task.request.id !== result.id) throw new Error("an examination result without a request");
    this.#expect(this.#fileTimeoutMs);
    task.onResult(fromWireResult(result));
  }

  /** (Re)starts the timer for the next result. */
  #expect(timeoutMs: number): void {
    clearTimeout(this.#timer);
    if (this.#isReady && this.#sent.length === 0) return;
    this.#timer = setTimeout(() => this.#onTimeout(), timeoutMs);
  }

  #onTimeout(): void {
    this.#discard();
    const culprit = this.#sent.shift();
    this.#requeue();
    culprit?.onResult({ state: "unchecked", reason: "timeout" });
    this.#feed();
  }

  /** The child ended by itself. The file that it was reading is not tried again. */
  #onEnd(child: ChildProcess): void {
    if (child !== this.#child) return;
    this.#discard();
    const culprit = this.#sent.shift();
    this.#requeue();
    culprit?.onResult({ state: "unreadable", reason: "io-error" });
    if (this.#queue.length > 0) this.#timer = setTimeout(() => this.#feed(), RESTART_DELAY_MS);
  }

  #requeue(): void {
    this.#queue.unshift(...this.#sent);
    this.#sent = [];
  }

  #discard(): void {
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    this.#isReady = false;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    this.#undead++;
    child.once("exit", () => {
      this.#undead--;
    });
    child.kill("SIGKILL");
    child.unref();
    child.channel?.unref();
    child.stderr?.destroy();
  }
}
