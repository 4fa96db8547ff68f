import type { Naming } from "../frames/json.js";
import { OwnedThread } from "../threads/thread.js";
import { NameTable } from "./name-table.js";
import type { NamePaths, NamesRead, NamesSettings } from "./protocol.js";

/** Heap of the names thread, which reads files that may be writable for everyone. */
const MAX_HEAP_MB = 512;
/** A names thread that crashed is replaced after this time. */
const RETRY_DELAY_MS = 60_000;

type OnNames = (names: Pick<NamesRead, "arrays" | "catalogue"> | undefined) => void;

/** Names of software by signature. A names thread reads their sources; after a change, a new thread reads them again. */
export class SoftwareNames implements Naming {
  readonly #onProblem: (sentence: string) => void;
  readonly #onNames: OnNames;
  #table = new NameTable();
  #thread: OwnedThread<never, NamesRead> | undefined;
  #retry: NodeJS.Timeout | undefined;
  /** Resolves the promise of {@link follow}. */
  #onFirstRead: () => void = () => {};
  version = 0;

  /** @param onNames - receives all names after each read; undefined when there are no sources. */
  constructor(onProblem: (sentence: string) => void, onNames: OnNames = () => {}) {
    this.#onProblem = onProblem;
    this.#onNames = onNames;
  }

  names(signature: string): readonly string[] {
    return this.#table.find(signature);
  }

  /** Replaces the sources. Resolves after the first attempt to read them. */
  async follow({ registers, catalogues }: NamePaths): Promise<void> {
    this.stop();
    if (registers.length + catalogues.length === 0) {
      this.#replace(new NameTable());
      this.#onNames(undefined);
      return;
    }
    await new Promise<void>((resolve) => {
      this.#onFirstRead = resolve;
      this.#start({ registers, catalogues, fingerprint: undefined });
    });
  }

  stop(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    clearTimeout(this.#retry);
    void thread?.terminate();
    this.#onFirstRead();
  }

  /** Starts a thread that ends after it has read the sources once. */
  #start(settings: NamesSettings): void {
    const thread = new OwnedThread<never, NamesRead>(
      { entry: "names-worker", name: "names", data: settings, heapMb: MAX_HEAP_MB },
      {
        onMessage: ({ fingerprint, arrays, catalogue, problems }) => {
          thread.expectEnd();
          if (thread !== this.#thread) return;
          this.#replace(new NameTable(arrays));
          this.#onNames({ arrays, catalogue });
          for (const problem of problems) this.#onProblem(problem);
          this.#onFirstRead();
          this.#start({ ...settings, fingerprint });
        },
        onCrash: ({ message }) => {
          this.#onProblem(`names of software could not be read: ${message}`);
          this.#onFirstRead();
          this.#retry = setTimeout(() => this.#start(settings), RETRY_DELAY_MS).unref();
        },
      },
    );
    this.#thread = thread;
  }

  #replace(table: NameTable): void {
    this.#table = table;
    this.version++;
  }
}
