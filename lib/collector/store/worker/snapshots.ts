import { randomBytes } from "node:crypto";
import { OgrtError } from "../../../errors.js";
import type { Context } from "../../answers/question.js";
import { answer, type QuestionAnswer, type QuestionRequest } from "../../answers/registry.js";
import type { Questions, QuestionTimeouts } from "./questions.js";
import type { StoreFile } from "./store-file.js";

/** Snapshots at a time: each holds the temporary tables of its question. */
const MAX_SNAPSHOTS = 8;
/** Time without a request after which a snapshot ends. */
const SNAPSHOT_IDLE_MS = 300_000;
/** Time without a request after which a snapshot ends when another needs its place. */
const SNAPSHOT_ABANDONED_MS = 60_000;

interface Snapshot {
  readonly context: Context;
  /** When its last page was asked for, of the monotonic clock. */
  used: number;
}

/** The parameters that select a page. */
interface PageInput {
  readonly snapshot?: boolean | undefined;
  readonly cursor?: string | undefined;
}

/** A cursor that continues a snapshot: the cursor of the question, and the snapshot's id. */
const CURSOR = /^(\d+)-([0-9a-f]{16})$/;

/**
 * Lists whose pages are read from one state of the store: each row is on exactly one page, whatever is stored meanwhile. A
 * snapshot is a transaction on a connection of its own. It begins with the first page and ends with the last one.
 */
export class Snapshots {
  readonly #file: StoreFile;
  readonly #questions: Questions;
  readonly #open = new Map<string, Snapshot>();

  constructor(file: StoreFile, questions: Questions) {
    this.#file = file;
    this.#questions = questions;
    setInterval(() => this.#endUnused(SNAPSHOT_IDLE_MS), SNAPSHOT_ABANDONED_MS).unref();
  }

  /**
   * Answers a question, from a snapshot if its parameters begin or continue one.
   *
   * @param asked - when, in milliseconds since the epoch.
   * @throws {@link OgrtError} CURSOR_EXPIRED, ANSWER_NOT_READY or ANSWER_TOO_EXPENSIVE.
   */
  async answer({ name, input }: QuestionRequest, asked: number, timeouts: QuestionTimeouts): Promise<QuestionAnswer> {
    const { snapshot: isWanted, ...rest } = input as PageInput;
    const [, position, continued] = CURSOR.exec(rest.cursor ?? "") ?? [];
    const request = {
      name,
      input: { ...rest, ...(position !== undefined && { cursor: position }) },
    } as QuestionRequest;
    // Cursors of processes are sequences: their pages need no snapshot.
    const isSequential = name === "processes" || name === "affectedProcesses";
    if (continued === undefined && (isWanted !== true || isSequential)) {
      return this.#questions.ask((context) => answer(context, request), asked, timeouts);
    }
    const id = continued ?? (await this.#begin(asked + timeouts.beginMs));
    const { context } = this.#find(id);
    try {
      const page = await this.#questions.within(context, (own) => answer(own, request), timeouts.answerMs);
      const { next } = page as { next?: string | null };
      if (next == null) this.#end(id);
      return next == null ? page : ({ ...page, next: `${next}-${id}` } as QuestionAnswer);
    } catch (error) {
      this.#end(id);
      throw error;
    }
  }

  async #begin(deadline: number): Promise<string> {
    if (this.#open.size >= MAX_SNAPSHOTS) this.#endUnused(SNAPSHOT_ABANDONED_MS);
    if (this.#open.size >= MAX_SNAPSHOTS) {
      const sentence = `${MAX_SNAPSHOTS} other lists are being read as a whole; ask again in some seconds`;
      throw new OgrtError("ANSWER_NOT_READY", sentence);
    }
    const context = await this.#questions.context(deadline);
    const connection = await this.#file.addReader();
    const id = randomBytes(8).toString("hex");
    this.#open.set(id, { context: { ...context, connection }, used: performance.now() });
    try {
      await connection.run("BEGIN");
      // A transaction sees each database as it was when a statement first read from it.
      await connection.run("SELECT (SELECT count(*) FROM meta), (SELECT count(*) FROM names.software)");
    } catch (error) {
      this.#end(id);
      throw error;
    }
    return id;
  }

  /** @throws {@link OgrtError} CURSOR_EXPIRED. */
  #find(id: string): Snapshot {
    const snapshot = this.#open.get(id);
    if (snapshot === undefined || !this.#file.hasReader(snapshot.context.connection)) {
      this.#end(id);
      const idle = `nobody asked for a page for ${SNAPSHOT_IDLE_MS / 60_000} minutes, or the store was rewritten`;
      throw new OgrtError("CURSOR_EXPIRED", `the cursor's snapshot has ended: ${idle}; begin the list again`);
    }
    snapshot.used = performance.now();
    return snapshot;
  }

  #end(id: string): void {
    const snapshot = this.#open.get(id);
    this.#open.delete(id);
    if (snapshot !== undefined) this.#file.endReader(snapshot.context.connection);
  }

  #endUnused(idleMs: number): void {
    const now = performance.now();
    for (const [id, { used, context }] of this.#open) {
      if (now - used > idleMs || !this.#file.hasReader(context.connection)) this.#end(id);
    }
  }
}
