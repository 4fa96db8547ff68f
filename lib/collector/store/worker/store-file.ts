import { existsSync } from "node:fs";
import { OgrtError } from "../../../errors.js";
import { systemReason, unwritable } from "../../../files/file-errors.js";
import { type Names, NameTables } from "../../answers/name-tables.js";
import { type Connection, type Instance, openInstance } from "../../database/engine.js";
import { migrate } from "../../database/migrate.js";
import type { Batch } from "../../database/schema.js";
import type { StartFindings } from "../protocol.js";
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
  #open: OpenFile | undefined;
  #integrity: Integrity | undefined;
  #findings: StartFindings = { loss: undefined, notes: [], damage: [] };
  #names: Names | undefined;
  /** The connection that migrates the file while it is being opened. */
  #migrating: Connection | undefined;

  constructor(path: string) {
    this.path = path;
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
    let instance: Instance | undefined;
    try {
      instance = await openInstance(this.path, "READ_WRITE");
      const appends = await instance.connect();
      this.#migrating = appends;
      await migrate(appends, this.path);
      if (isFirst) this.#findings = await integrity.compare(appends);
      this.#integrity = integrity;
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
  }

  /** What the first opening found out about the store's past. */
  get findings(): StartFindings {
    return this.#findings;
  }

  /** Records a batch that is on disk, before it is acknowledged. */
  recordBatch(batch: Batch): void {
    this.#integrity?.recordBatch(batch);
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
    for (const work of WORK) open[work].closeSync();
    open.instance.closeSync();
  }

  /** Moves the write-ahead log into the file, so that the next start need not, and closes. */
  async end(): Promise<void> {
    await this.#open?.appends.run("CHECKPOINT").catch(() => {});
    this.close();
  }
}
