import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { entryFile } from "../threads/entry.js";
import type { ExamineScope, FromChild, ToChild } from "./protocol.js";

const START_TIMEOUT_MS = 20_000;
/** Pause before the next start of a child that could not start; it doubles up to the second value. */
const RESTART_DELAY_MS = 1000;
const LONGEST_RESTART_DELAY_MS = 30_000;

type Message = Exclude<FromChild, { kind: "ready" }>;

export interface ExamineProcessEvents {
  /** The child takes requests. */
  readonly onReady: () => void;
  readonly onMessage: (message: Message) => void;
  /** What the child prints, which means that something is wrong with the child itself. */
  readonly onFault: (text: string) => void;
  /** The child ended by itself. */
  readonly onEnd: (reason: string) => void;
  /** No child can be started for the time being. */
  readonly onDown: (reason: string) => void;
}

/** A child process that examines files, and its successors. */
export class ExamineProcess {
  readonly #scope: ExamineScope;
  readonly #events: ExamineProcessEvents;
  #child: ChildProcess | undefined;
  #isReady = false;
  #isClosed = false;
  #startTimer: NodeJS.Timeout | undefined;
  /** Starts that failed in a row. */
  #failures = 0;
  #restart: NodeJS.Timeout | undefined;
  /** Killed children that have not ended: SIGKILL has no effect while the kernel waits for a dead file server. */
  #undead = 0;

  constructor(scope: ExamineScope, events: ExamineProcessEvents) {
    this.#scope = scope;
    this.#events = events;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether no child can be started for the time being. */
  get isDown(): boolean {
    return this.#restart !== undefined;
  }

  get undead(): number {
    return this.#undead;
  }

  /** Starts a child, unless there is one. */
  start(): void {
    if (this.#isClosed || this.isDown || this.#child !== undefined) return;
    let child: ChildProcess;
    try {
      child = fork(entryFile("examine-child"), [], {
        // The child ends when the other end of its standard input closes.
        stdio: ["pipe", "ignore", "pipe", "ipc"],
        execArgv: ["--max-old-space-size=256"],
        env: {},
      });
    } catch (error) {
      this.pause(reasonOf(error as Error));
      return;
    }
    this.#child = child;
    child.stdin?.on("error", () => {});
    child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#events.onFault(text.trimEnd()));
    const onEnd = (reason: string) => {
      if (child === this.#child) this.#events.onEnd(reason);
    };
    child.on("message", (message: FromChild) => {
      if (child !== this.#child) return;
      if (message.kind === "ready") this.#onReady();
      else this.#events.onMessage(message);
    });
    child.on("error", (error) => onEnd(reasonOf(error)));
    child.on("disconnect", () => onEnd("it closed its channel"));
    child.on("exit", (code, signal) => onEnd(`it ended with ${signal ?? code}`));
    this.#startTimer = setTimeout(() => onEnd(`it did not start within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    this.send({ kind: "scope", scope: this.#scope });
  }

  send(message: ToChild): void {
    // Without a channel the child could not be started, or is gone; its "error" or "exit" event follows.
    if (this.#child?.connected === true) this.#child.send(message, () => {});
  }

  /** Ends the child, if there is one. Fulfilled when it has ended. */
  async discard(): Promise<void> {
    clearTimeout(this.#startTimer);
    const child = this.#child;
    this.#child = undefined;
    this.#isReady = false;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    child.unref();
    child.channel?.unref();
    child.stdin?.destroy();
    child.stderr?.destroy();
    this.#undead++;
    await ended;
    this.#undead--;
  }

  /** Ends the child, which could not start or not go on, and starts the next one after a pause. */
  pause(reason: string): void {
    void this.discard();
    const delayMs = Math.min(RESTART_DELAY_MS * 2 ** this.#failures++, LONGEST_RESTART_DELAY_MS);
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      // Without waiting for a task, so that a warning ends with its cause.
      this.start();
    }, delayMs).unref();
    this.#events.onDown(`the process that examines files: ${reason}`);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#restart);
    void this.discard();
  }

  #onReady(): void {
    clearTimeout(this.#startTimer);
    this.#isReady = true;
    this.#failures = 0;
    this.#events.onReady();
  }
}

/** Without the path of the program: /readyz, which shows the reason, is public. */
const reasonOf = ({ code, message }: NodeJS.ErrnoException) => (code === undefined ? message : `cannot start: ${code}`);
