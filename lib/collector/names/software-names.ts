import { Worker } from "node:worker_threads";
import type { Naming } from "../frames/json.js";
import { entryFile } from "../threads/entry.js";
import { NameTable } from "./name-table.js";
import type { NamePaths, NamesRead, NamesSettings } from "./protocol.js";

/** Of the names thread, in MB: what it reads may be written by everybody. */
const HEAP_LIMIT = 512;
/** When the thread ended by itself, another one is started after this time, in milliseconds. */
const RETRY_AFTER = 60_000;

/** Names of software by signature, read again by a thread of their own when their sources change. */
export class SoftwareNames implements Naming {
  readonly #onProblem: (sentence: string) => void;
  readonly #onNames: (names: Pick<NamesRead, "arrays" | "catalogue"> | undefined) => void;
  #table = new NameTable();
  #worker: Worker | undefined;
  #retry: NodeJS.Timeout | undefined;
  version = 0;

  /** @param onNames - gets the names that these are, to keep; undefined for none. */
  constructor(
    onProblem: (sentence: string) => void,
    onNames: (names: Pick<NamesRead, "arrays" | "catalogue"> | undefined) => void = () => {},
  ) {
    this.#onProblem = onProblem;
    this.#onNames = onNames;
  }

  names(signature: string): readonly string[] {
    return this.#table.find(signature);
  }

  /** Reads these sources, instead of any others, from now on; resolves when all were read once, or could not be. */
  async follow({ registers, catalogues }: NamePaths): Promise<void> {
    this.stop();
    if (registers.length + catalogues.length === 0) {
      this.#take(new NameTable());
      this.#onNames(undefined);
    } else
      await new Promise<void>((resolve) => this.#start({ registers, catalogues, fingerprint: undefined }, resolve));
  }

  stop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#retry);
    void worker?.terminate();
  }

  /** One thread for each change; it ends when it has read. */
  #start(settings: NamesSettings, done: () => void = () => {}): void {
    const worker = new Worker(entryFile("names-worker"), {
      workerData: settings,
      name: "names",
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT },
    });
    this.#worker = worker;
    let next: NamesSettings | undefined;
    worker.on("message", ({ fingerprint, arrays, catalogue, problems }: NamesRead) => {
      if (worker !== this.#worker) return;
      next = { ...settings, fingerprint };
      this.#take(new NameTable(arrays));
      this.#onNames({ arrays, catalogue });
      for (const problem of problems) this.#onProblem(problem);
    });
    worker.on("error", ({ message }) => this.#onProblem(`names of software could not be read: ${message}`));
    worker.on("exit", () => {
      done();
      if (worker !== this.#worker) return;
      if (next !== undefined) this.#start(next);
      else this.#retry = setTimeout(() => this.#start(settings), RETRY_AFTER).unref();
    });
    worker.unref();
  }

  #take(table: NameTable): void {
    this.#table = table;
    this.version++;
  }
}
