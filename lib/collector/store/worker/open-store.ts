import { closeSync, existsSync, fsyncSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { OgrtError } from "../../../errors.js";
import { type Names, NameTables } from "../../answers/name-tables.js";
import type { Context } from "../../answers/question.js";
import { type AnswerSettings, DEFAULT_SETTINGS } from "../../answers/settings.js";
import { type Connection, type Instance, openInstance } from "../../database/engine.js";
import { migrate } from "../../database/migrate.js";
import {
  compactDays,
  type Days,
  daysToCompact,
  noteCompact,
  progressOf,
  type RollupState,
  rollUpStep,
} from "../../database/rollup.js";
import { rows } from "../../database/rows.js";
import type { Batch } from "../../database/schema.js";
import type { FeedRequest, FeedResult } from "../feed-protocol.js";
import type { StoreState, TaskRequest, TaskResult } from "../protocol.js";
import {
  abandonCopy,
  type CopiedUpTo,
  continueCopy,
  type Drop,
  endCopy,
  removeStore,
  replaceStore,
  startCopy,
} from "./copy.js";
import { commitCursor, readCursors } from "./cursors.js";
import { readEvents, readLists, readStarts } from "./events.js";
import { exportProcesses, exportWithout } from "./export.js";
import { readState } from "./state.js";
import { readUnresolvedFindings, writeResolvedFindings } from "./unresolved.js";
import { lastSequence, NothingStored, Writer } from "./writer.js";

interface Parts {
  readonly instance: Instance;
  readonly writing: Connection;
  /** Queries run beside the commits. */
  readonly reading: Connection;
  readonly naming: NameTables;
  /** Longer work, beside both. */
  readonly maintaining: Connection;
  /** Readers of events. */
  readonly feeding: Connection;
  readonly writer: Writer;
}

/** Milliseconds: after the question until its answer is begun, and for the answer itself. */
interface Limits {
  readonly begin: number;
  readonly limit: number;
}

/** Milliseconds after which a question that goes on is interrupted again. */
const INTERRUPT_AGAIN = 50;

/** An open store file: appends, queries and tasks, each on a connection of its own. */
export class OpenStore {
  readonly #path: string;
  #parts: Parts | undefined;
  /** After a failed commit nothing is known of the store but what a fresh look at its file says. */
  #isSuspect = false;
  #copied: CopiedUpTo | undefined;
  #names: Names | undefined;
  settings: AnswerSettings = DEFAULT_SETTINGS;
  #uncompacted: Days[] = [];
  readonly #told: (state: RollupState) => void;

  /** @param told - hears after each try how the digest stands. */
  constructor(path: string, told: (state: RollupState) => void = () => {}) {
    this.#path = path;
    this.#told = told;
  }

  /** True when the next append opens the file anew. */
  get isSuspect(): boolean {
    return this.#isSuspect;
  }

  /** Opens the file where it is not open. */
  async open(): Promise<Parts> {
    if (this.#parts !== undefined) return this.#parts;
    // Of a copy that was under way when the collector was killed.
    if (existsSync(this.#path)) removeStore(this.#copyPath);
    const instance = await openInstance(this.#path, "READ_WRITE");
    try {
      const [writing, reading, maintaining, feeding] = [
        await instance.connect(),
        await instance.connect(),
        await instance.connect(),
        await instance.connect(),
      ];
      await migrate(writing, this.#path);
      const naming = await NameTables.create(reading, this.#names);
      this.#parts = { instance, writing, reading, naming, maintaining, feeding, writer: new Writer(writing) };
      return this.#parts;
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  }

  async state(): Promise<StoreState> {
    return readState((await this.open()).reading);
  }

  /**
   * Resolves with its last sequence when the batch is on disk; a batch that is there already is not appended again.
   */
  async append(batch: Batch, number: number): Promise<number> {
    if (this.#isSuspect) this.#close();
    const { writer } = await this.open();
    const isThere = this.#isSuspect && (await writer.has(number));
    this.#isSuspect = false;
    const sequence = Number(lastSequence(batch));
    if (isThere) return sequence;
    try {
      await writer.append(batch, number);
      return sequence;
    } catch (error) {
      this.#isSuspect = !(error instanceof NothingStored);
      throw error;
    }
  }

  /**
   * @param asked - when, in milliseconds since the epoch.
   * @throws {@link OgrtError} ANSWER_NOT_READY when the answer could not be begun in time; ANSWER_TOO_EXPENSIVE when it
   *   takes longer than so many milliseconds, or too much memory.
   */
  async query<T>(run: (context: Context) => Promise<T>, asked: number, { begin, limit }: Limits): Promise<T> {
    const { reading, naming } = await this.open();
    const rollupLag = await this.#digestAll(asked + begin);
    await naming.refresh();
    let isLate = false;
    let timer = setTimeout(function interrupt() {
      isLate = true;
      reading.interrupt();
      // Between two statements nothing is interrupted.
      timer = setTimeout(interrupt, INTERRUPT_AGAIN);
    }, limit);
    try {
      const now = BigInt(Date.now()) * 1_000_000n;
      return await run({ connection: reading, naming, settings: this.settings, rollupLag, now });
    } catch (cause) {
      if (!isLate && !/^Out of Memory/i.test((cause as Error).message)) throw cause;
      const why = isLate ? `more than ${limit / 1000} s` : "more memory than there is for it";
      throw new OgrtError("ANSWER_TOO_EXPENSIVE", `the answer would take ${why}; a shorter span takes less`, { cause });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Brings what answers are made from up to date, or nearer to that. True when there is more to do. */
  async rollUp(): Promise<boolean> {
    const { reading } = await this.open();
    try {
      const progress = await rollUpStep(reading);
      this.#told({ ...progress, error: undefined });
      return progress.rolledUp < progress.last || (await this.#compact(reading));
    } catch (error) {
      this.#told({ ...(await progressOf(reading)), error: (error as Error).message });
      return false;
    }
  }

  /** Makes some days compact, when it is time for that. True when there are more. */
  async #compact(reading: Connection): Promise<boolean> {
    if (this.#uncompacted.length === 0) this.#uncompacted = await daysToCompact(reading);
    const days = this.#uncompacted.shift();
    if (days === undefined) return false;
    await compactDays(reading, days);
    if (this.#uncompacted.length > 0) return true;
    await noteCompact(reading);
    return false;
  }

  /** How many sequence numbers the digest is behind because it could not be brought up to date, as on a full disk. */
  async #digestAll(deadline: number): Promise<number> {
    const { reading } = await this.open();
    for (;;) {
      if (Date.now() > deadline) {
        const { rolledUp, last } = await progressOf(reading);
        const why =
          rolledUp < last
            ? `what answers are made from is brought up to date: ${rolledUp} of ${last} records`
            : "other answers take their time";
        throw new OgrtError("ANSWER_NOT_READY", `${why}; ask again in some seconds`);
      }
      try {
        const progress = await rollUpStep(reading);
        this.#told({ ...progress, error: undefined });
        if (progress.rolledUp >= progress.last) return 0;
      } catch (error) {
        const progress = await progressOf(reading);
        this.#told({ ...progress, error: (error as Error).message });
        return progress.last - progress.rolledUp;
      }
    }
  }

  async name(names: Names | undefined): Promise<void> {
    this.#names = names;
    await (await this.open()).naming.take(names);
  }

  async feed(request: FeedRequest): Promise<FeedResult> {
    const { feeding, writing } = await this.open();
    switch (request.name) {
      case "events":
        return readEvents(feeding, request.after, request.limit);
      case "lists":
        return readLists(feeding, request.wanted);
      case "starts":
        return readStarts(feeding, request.uuids);
      case "cursors":
        return readCursors(feeding);
      case "commitCursor":
        // In turn with the appends, so that neither meets the other's change of `meta`.
        await commitCursor(writing, request.reader, request.sequence);
    }
  }

  async task(request: TaskRequest): Promise<TaskResult> {
    const { maintaining } = await this.open();
    switch (request.name) {
      case "backup":
        return this.#whole(maintaining, request.path, {}, undefined);
      case "export":
        return writeWhole(request.path, (partial) => exportProcesses(maintaining, partial));
      case "strip":
        if (!request.path.endsWith(".parquet")) {
          await bringUp(request.path);
          return this.#whole(maintaining, request.path, { user: request.user }, request.path);
        }
        return writeWhole(request.path, (partial) => exportWithout(maintaining, request.path, partial, request.user));
      case "copy":
        return this.#copy(maintaining, request.drop);
      case "swap":
        return this.#swap(maintaining, request.drop);
      case "account": {
        const { minute, counts } = request;
        for (const { kind, reason, frames } of counts) {
          await maintaining.run(
            `INSERT INTO accounting VALUES (make_timestamp_ns($minute::BIGINT), $kind, $reason, $frames::BIGINT)`,
            { minute, kind, reason, frames: BigInt(frames) },
          );
        }
        return undefined;
      }
      case "unresolved":
        return readUnresolvedFindings(maintaining);
      case "resolve":
        await writeResolvedFindings(maintaining, request.resolved);
        return readState(maintaining);
      case "age": {
        const [row] = await rows<{ older: bigint; all_rows: bigint }>(
          maintaining,
          "SELECT count(*) FILTER (epoch_ns(received) < $before) AS older, count(*) AS all_rows FROM process",
          { before: request.before },
        );
        return { older: Number(row?.older ?? 0), all: Number(row?.all_rows ?? 0) };
      }
    }
  }

  /** Moves the write-ahead log into the file, so that the next start need not, and closes. */
  async end(): Promise<void> {
    await this.#parts?.writing.run("CHECKPOINT").catch(() => {});
    this.#close();
  }

  async #whole(maintaining: Connection, path: string, drop: Drop, from: string | undefined): Promise<undefined> {
    return writeWhole(path, async (partial) => {
      try {
        await startCopy(maintaining, partial, drop, from);
        await endCopy(maintaining);
      } catch (error) {
        await abandonCopy(maintaining, partial);
        throw error;
      }
    });
  }

  get #copyPath(): string {
    return `${this.#path}.new`;
  }

  async #copy(maintaining: Connection, drop: Drop): Promise<undefined> {
    try {
      this.#copied = await startCopy(maintaining, this.#copyPath, drop);
    } catch (error) {
      await abandonCopy(maintaining, this.#copyPath);
      throw error;
    }
  }

  async #swap(maintaining: Connection, drop: Drop): Promise<StoreState> {
    const copied = this.#copied;
    this.#copied = undefined;
    if (copied === undefined) throw new Error("there is no copy");
    try {
      await continueCopy(maintaining, drop, copied);
      await endCopy(maintaining);
      await this.end();
      replaceStore(this.#copyPath, this.#path);
      syncDirectory(dirname(this.#path));
    } catch (error) {
      const { maintaining: again } = await this.open();
      await abandonCopy(again, this.#copyPath);
      throw error;
    }
    return this.state();
  }

  #close(): void {
    const parts = this.#parts;
    if (parts === undefined) return;
    this.#parts = undefined;
    for (const connection of [parts.writing, parts.reading, parts.maintaining, parts.feeding]) connection.closeSync();
    parts.instance.closeSync();
  }
}

/** A store that an earlier release wrote gets the current layout. */
async function bringUp(path: string): Promise<void> {
  const instance = await openInstance(path, "READ_WRITE");
  try {
    await migrate(await instance.connect(), path);
  } finally {
    instance.closeSync();
  }
}

/** Under its name only when it is whole. */
async function writeWhole(path: string, write: (partial: string) => Promise<unknown>): Promise<undefined> {
  const partial = `${path}.partial`;
  await write(partial);
  renameSync(partial, path);
  syncDirectory(dirname(path));
}

function syncDirectory(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
