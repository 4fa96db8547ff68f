import type { Naming } from "../json.js";

/** Anything that gives names to signatures and can change: a register, a catalogue. */
export interface NameSource {
  /** For messages to people. */
  readonly path: string;
  /** A text that changes when there is something new to read. */
  readonly fingerprint: () => string;
  /** Signature and name, one pair after the other; read a bit at a time, so that nothing else waits for long. */
  readonly pairs: () => Iterable<readonly [signature: string, name: string]>;
}

/** How often sources are looked at, in milliseconds. */
const EVERY = 5000;
/** Pairs that are read in one go. */
const SLICE = 500;
/** Signatures that are known at most; a register that everybody may write to must not fill the memory. */
const LIMIT = 1_000_000;

/** Names of software by signature, read again when their sources change. */
export class SoftwareNames implements Naming {
  #sources: readonly NameSource[];
  readonly #onProblem: (sentence: string) => void;
  #names: ReadonlyMap<string, readonly string[]> = new Map();
  #fingerprint = "";
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  version = 0;

  constructor(sources: readonly NameSource[], onProblem: (sentence: string) => void) {
    this.#sources = sources;
    this.#onProblem = onProblem;
  }

  names(signature: string): readonly string[] {
    return this.#names.get(signature) ?? NONE;
  }

  /** Reads all sources, and from then on whenever one changes. */
  async start(): Promise<void> {
    await this.refresh();
    this.#timer = setInterval(() => void this.#refreshOnce(), EVERY).unref();
  }

  /** Reads other sources from now on. */
  async readFrom(sources: readonly NameSource[]): Promise<void> {
    await this.#reading;
    this.#sources = sources;
    await this.#refreshOnce();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Reads what has changed since the last time. */
  async refresh(): Promise<void> {
    const fingerprint = this.#sources.map((source) => attempt(() => source.fingerprint()) ?? "unreadable").join("\n");
    if (fingerprint === this.#fingerprint) return;
    this.#fingerprint = fingerprint;
    const names = new Map<string, string[]>();
    for (const source of this.#sources) {
      try {
        await this.#read(source, names);
      } catch (error) {
        this.#onProblem((error as Error).message);
      }
    }
    this.#names = names;
    this.version++;
  }

  #refreshOnce(): Promise<void> {
    this.#reading ??= this.refresh().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(source: NameSource, names: Map<string, string[]>): Promise<void> {
    let count = 0;
    for (const [signature, name] of source.pairs()) {
      const known = names.get(signature);
      if (known === undefined) {
        if (names.size >= LIMIT)
          throw new Error(`${source.path}: more than ${LIMIT} signatures; the rest has no names`);
        names.set(signature, [name]);
      } else if (!known.includes(name)) {
        known.push(name);
      }
      if (++count % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const NONE: readonly string[] = [];

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
