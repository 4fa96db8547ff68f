import type { Naming } from "../frames/json.js";
import { NameTable } from "./name-table.js";
import { NamesProcess } from "./names-process.js";
import type { NamePaths, NamesRead, NamesSettings } from "./protocol.js";

/** A names process that failed is replaced after this time. */
const RETRY_DELAY_MS = 60_000;
const MIN_PAUSE_MS = 5000;
/** Sources that always change are read again after this many times what reading them took. */
const PAUSE_FACTOR = 10;

type OnNames = (names: Pick<NamesRead, "arrays" | "catalogue"> | undefined) => void;

/** Names of software by signature. A process reads their sources; after a change, a new one reads them again. */
export class SoftwareNames implements Naming {
  readonly #onProblem: (sentence: string) => void;
  readonly #onNames: OnNames;
  #table = new NameTable();
  #process: NamesProcess | undefined;
  #retry: NodeJS.Timeout | undefined;
  /** Resolves the promise of {@link follow}, while the sources are read for the first time. */
  #onFirstRead: (() => void) | undefined;
  version = 0;

  /** @param onNames - receives all names after each read; undefined when there are no sources. */
  constructor(onProblem: (sentence: string) => void, onNames: OnNames = () => {}) {
    this.#onProblem = onProblem;
    this.#onNames = onNames;
  }

  names(signature: string): readonly string[] {
    return this.#table.find(signature);
  }

  warnings(): readonly string[] {
    return this.#onFirstRead === undefined ? [] : ["the registers and catalogues are being read: names are missing"];
  }

  /** Replaces the sources. Resolves after the first attempt to read them, which may take minutes. */
  async follow({ registers, catalogues }: NamePaths): Promise<void> {
    this.stop();
    if (registers.length + catalogues.length === 0) {
      this.#replace(new NameTable());
      this.#onNames(undefined);
      return;
    }
    await new Promise<void>((resolve) => {
      this.#onFirstRead = resolve;
      this.#start({ registers, catalogues, fingerprint: undefined, pauseMs: 0 });
    });
  }

  stop(): void {
    this.#process?.kill();
    this.#process = undefined;
    clearTimeout(this.#retry);
    this.#endFirstRead();
  }

  /** Starts a process that ends after it has read the sources once. */
  #start(settings: NamesSettings): void {
    this.#process = new NamesProcess(settings, {
      onNames: ({ fingerprint, arrays, catalogue, problems, tookMs }) => {
        this.#replace(new NameTable(arrays));
        this.#onNames({ arrays, catalogue });
        for (const problem of problems) this.#onProblem(problem);
        this.#endFirstRead();
        this.#start({ ...settings, fingerprint, pauseMs: Math.max(MIN_PAUSE_MS, tookMs * PAUSE_FACTOR) });
      },
      onFailure: (reason) => {
        this.#onProblem(`names of software could not be read: ${reason}`);
        this.#endFirstRead();
        this.#retry = setTimeout(() => this.#start(settings), RETRY_DELAY_MS).unref();
      },
    });
  }

  #endFirstRead(): void {
    this.#onFirstRead?.();
    this.#onFirstRead = undefined;
  }

  #replace(table: NameTable): void {
    this.#table = table;
    this.version++;
  }
}
