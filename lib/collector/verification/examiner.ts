import { type ChildProcess, fork } from "node:child_process";
import { entryFile } from "../threads/entry.js";
import { type Examination, type ExamineRequest, type ExamineResult, fromWireResult } from "./protocol.js";

/** Requests sent ahead to the child, so that it never waits for us. */
const SENT_AHEAD = 64;
/** A child that does not start in this time, in milliseconds, is given up. */
const START_LIMIT = 20_000;

export interface Task {
  readonly request: ExamineRequest;
  readonly done: (result: Examination) => void;
}

/**
 * One child process that examines files, started when it is first needed. A file that takes longer than the limit
 * counts as hanging: the child is killed, its other requests go to a new one.
 */
export class Examiner {
  readonly #limit: number;
  readonly #onFault: (text: string) => void;
  readonly #queue: Task[] = [];
  /** What the child has, in the order in which it will answer. */
  #sent: Task[] = [];
  #child: ChildProcess | undefined;
  #ready = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** Children that were killed and are still there: SIGKILL has no effect while the kernel waits for a dead server. */
  #undead = 0;

  /** @param limit - milliseconds that one file may take. @param onFault - told what the child prints. */
  constructor(limit: number, onFault: (text: string) => void) {
    this.#limit = limit;
    this.#onFault = onFault;
  }

  get load(): number {
    return this.#queue.length + this.#sent.length;
  }

  get undead(): number {
    return this.#undead;
  }

  add(task: Task): void {
    // Nobody would ever answer.
    if (this.#closed) {
      task.done({ state: "unchecked", reason: "timeout" });
      return;
    }
    this.#queue.push(task);
    this.#feed();
  }

  close(): void {
    this.#closed = true;
    this.#discard();
    for (const { done } of [...this.#sent, ...this.#queue.splice(0)]) done({ state: "unchecked", reason: "timeout" });
    this.#sent = [];
  }

  #feed(): void {
    if (this.#closed || (this.#queue.length === 0 && this.#sent.length === 0)) return;
    if (this.#child === undefined) this.#start();
    if (!this.#ready) return;
    // Half empty before it is filled again: few large messages instead of many small ones.
    if (this.#sent.length > SENT_AHEAD / 2 || this.#queue.length === 0) return;
    const batch = this.#queue.splice(0, SENT_AHEAD - this.#sent.length);
    const idle = this.#sent.length === 0;
    this.#sent.push(...batch);
    this.#child?.send(batch.map(({ request }) => request));
    if (idle) this.#expect(this.#limit);
  }

  #start(): void {
    const child = fork(entryFile("examine-child"), [], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: ["--max-old-space-size=256"],
      env: {},
    });
    this.#child = child;
    this.#ready = false;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#onFault(text.trimEnd()));
    child.on("message", (message: "ready" | ExamineResult) => {
      if (child !== this.#child) return;
      if (message === "ready") this.#ready = true;
      else this.#settle(message);
      this.#feed();
    });
    child.on("error", () => this.#lost(child));
    child.on("exit", () => this.#lost(child));
    this.#expect(START_LIMIT);
  }

  #settle(result: ExamineResult): void {
    const task = this.#sent.shift();
    if (task === undefined || task.request.id !== result.id) throw new Error("an answer that nobody waits for");
    this.#expect(this.#limit);
    task.done(fromWireResult(result));
  }

  /** (Re)starts the clock for the next sign of life. */
  #expect(limit: number): void {
    clearTimeout(this.#timer);
    if (this.#ready && this.#sent.length === 0) return;
    this.#timer = setTimeout(() => this.#hung(), limit);
  }

  #hung(): void {
    this.#discard();
    const culprit = this.#sent.shift();
    this.#requeue();
    culprit?.done({ state: "unchecked", reason: "timeout" });
    this.#feed();
  }

  /** The child ended by itself: whatever it was reading is not tried again. */
  #lost(child: ChildProcess): void {
    if (child !== this.#child) return;
    this.#discard();
    const culprit = this.#sent.shift();
    this.#requeue();
    culprit?.done({ state: "unreadable", reason: "io-error" });
    // Not at once: a child that can't start would be started without end.
    if (this.#queue.length > 0) this.#timer = setTimeout(() => this.#feed(), 1000);
  }

  #requeue(): void {
    this.#queue.unshift(...this.#sent);
    this.#sent = [];
  }

  #discard(): void {
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    this.#ready = false;
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
