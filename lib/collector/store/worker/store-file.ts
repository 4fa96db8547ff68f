import { existsSync, statSync } from "node:fs";
import { OgrtError } from "../../../errors.js";
import { systemReason, unwritable } from "../../../files/file-errors.js";
import { type Names, NameTables } from "../../answers/name-tables.js";
import type { BatchFacts } from "../../database/batch.js";
import { type Connection, type Instance, openInstance } from "../../database/engine.js";
import { migrate } from "../../database/migrate.js";
import { heartbeatPath, readHeartbeat } from "../../shared/heartbeat.js";
import type { StartFindings } from "../protocol.js";
import { completeAccounts } from "./accounts.js";
import { removeStore } from "./copy.js";
import { Integrity } from "./integrity.js";
import { Writer } from "./writer.js";

const WORK = ["appends", "questions", "maintenance", "feed"] as const;

/** An open store. Each kind of work has its own connection and runs concurrently with the others. */
interface OpenFile extends Readonly<Record<(typeof WORK)[number], Connection>> {
  readonly instance: Instance;
  readonly writer: Writer;
  readonly naming: NameTables;
}

/** The store's file, opened when it is first needed and after it was closed. */
export class StoreFile {
  readonly path: string;
  /** Where a rewritten store is prepared. */
  readonly copyPath: string;
  readonly #memoryMb: number | undefined;
  #open: OpenFile | undefined;
  #integrity: Integrity | undefined;
  /** Device and inode of the open file. */
  #identity = "";
  #findings: StartFindings = { loss: undefined, notes: [], damage: [], copied: undefined, migration: undefined };
  #names: Names | undefined;
  /** Connections that read the store as it was at some time (snapshots.ts). They end with the file. */
  readonly #readers = new Set<Connection>();
  /** The connection that migrates the file while it is being opened. */
  #migrating: Connection | undefined;

  /** @param memoryMb - that the engine may use, in megabytes. */
  constructor(path: string, memoryMb?: number) {
    this.path = path;
    this.#memoryMb = memoryMb;
    this.copyPath = `${path}.new`;
  }

  /** @throws {@link OgrtError} STORE_BUSY, STORE_UNREADABLE, STORE_VERSION, FILE_UNWRITABLE or ENGINE_MISSING. */
  async open(): Promise<OpenFile> {
    if (this.#open !== undefined) return this.#open;
    try {
      return await this.#openFile();
    } catch (cause) {
      if (cause instanceof OgrtError || systemReason(cause) === undefined) throw cause;
      throw unwritable(this.path, "the store cannot be prepared", cause);
    }
  }

  async #openFile(): Promise<OpenFile> {
    // Left unfinished when the collector was killed.
    if (existsSync(this.path)) removeStore(this.copyPath);
    const isFirst = this.#integrity === undefined;
    const integrity = this.#integrity ?? (await Integrity.prepare(this.path));
    const isNew = !existsSync(this.path);
    // A new store would take the records of the one that was removed for its own.
    if (isNew && !isFirst) throw this.#removed();
    let instance: Instance | undefined;
    try {
      instance = await openInstance(this.path, "READ_WRITE", this.#memoryMb);
      const appends = await instance.connect();
      this.#migrating = appends;
      const migration = await migrate(appends, this.path);
      if (isFirst) {
        const heartbeat = readHeartbeat(heartbeatPath(this.path));
        await completeAccounts(appends, heartbeat?.frames ?? undefined);
        this.#findings = { ...(await integrity.compare(appends)), migration };
      }
      this.#integrity = integrity;
      this.#identity = identityOf(this.path);
      const questions = await instance.connect();
      this.#open = {
        instance,
        appends,
        questions,
        maintenance: await instance.connect(),
        feed: await instance.connect(),
        writer: new Writer(appends),
        naming: await NameTables.create(questions, this.#names),
      };
      return this.#open;
    } catch (error) {
      instance?.closeSync();
      // A full disk leaves a part of a new file, which no later start could open.
      if (isNew) removeStore(this.path);
      throw error;
    } finally {
      this.#migrating = undefined;
    }
  }

  /** Makes statements that are running fail. */
  interrupt(): void {
    this.#migrating?.interrupt();
    for (const work of WORK) this.#open?.[work].interrupt();
    for (const reader of this.#readers) reader.interrupt();
  }

  /** A further connection, for as long as the file stays open. */
  async addReader(): Promise<Connection> {
    const { instance } = await this.open();
    const reader = await instance.connect();
    this.#readers.add(reader);
    return reader;
  }

  /** False when the file was closed since, or the reader ended. */
  hasReader(reader: Connection): boolean {
    return this.#readers.has(reader);
  }

  endReader(reader: Connection): void {
    if (this.#readers.delete(reader)) reader.closeSync();
  }

  /** What the first opening found out about the store's past. */
  get findings(): StartFindings {
    return this.#findings;
  }

  /**
   * The engine goes on writing into a file that was removed or replaced, where no later start finds it.
   *
   * @throws Error when the open file is not in its place any more.
   */
  checkPlace(): void {
    if (this.#open === undefined || identityOf(this.path) === this.#identity) return;
    throw this.#removed();
  }

  #removed(): Error {
    return new Error(`${this.path} on disk is not the store that is open: it was removed or replaced`);
  }

  /** Records a batch that is on disk, before it is acknowledged. */
  recordCommit(facts: BatchFacts): void {
    this.#integrity?.recordCommit(facts);
  }

  /** Records that the store holds this number of records from now on. */
  recordBaseline(records: number): void {
    this.#integrity?.recordBaseline(records);
  }

  /** Replaces the names of software in answers; they stay when the file is closed and opened again. */
  async useNames(names: Names | undefined): Promise<void> {
    this.#names = names;
    await (await this.open()).naming.replace(names);
  }

  close(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#endReaders();
    for (const work of WORK) open[work].closeSync();
    open.instance.closeSync();
  }

  /** Moves the write-ahead log into the file, so that the next start need not, and closes. */
  async end(): Promise<void> {
    this.#endReaders();
    await this.#open?.appends.run("CHECKPOINT").catch(() => {});
    this.close();
  }

  #endReaders(): void {
    for (const reader of this.#readers) this.endReader(reader);
  }
}

/** Empty where there is no file. */
function identityOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.dev} ${stats.ino}`;
}
