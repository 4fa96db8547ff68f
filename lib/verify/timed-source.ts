import type { Source } from "../elf/index.js";
import { OgrtError } from "../errors.js";

/** CPU time to parse one file. Real files take a few milliseconds. */
const MAX_PARSE_CPU_MS = 250;
/** Time for all reads of one file, when its file system answers each of them, but slowly. */
const MAX_READ_MS = 4000;
/** Reads, or 64 KiB of them, between two looks at the clock. */
const READS_PER_CHECK = 16;

/** A file system took too long, although every single read ended. It says nothing about the file. */
export class ReadTimeout extends Error {}

/** A {@link Source} that ends the work on a file after a time, whatever its content makes the parser do. */
export class TimedSource implements Source {
  readonly size: number;
  readonly #source: Source;
  readonly #startedAt = performance.now();
  readonly #cpu = process.cpuUsage();
  #reads = 0;
  #exceeded: Error | undefined;

  constructor(source: Source) {
    this.#source = source;
    this.size = source.size;
  }

  read(offset: number, length: number): Uint8Array {
    this.#reads += 1 + length / 65_536;
    if (this.#reads >= READS_PER_CHECK) {
      this.#reads = 0;
      this.#check();
    }
    return this.#source.read(offset, length);
  }

  /** @throws {@link OgrtError} LIMIT_EXCEEDED or {@link ReadTimeout}, from the first time that one of them applies. */
  #check(): void {
    this.#exceeded ??= this.#findExceeded();
    if (this.#exceeded !== undefined) throw this.#exceeded;
  }

  #findExceeded(): Error | undefined {
    const elapsedMs = performance.now() - this.#startedAt;
    if (elapsedMs < MAX_PARSE_CPU_MS) return undefined;
    const { user, system } = process.cpuUsage(this.#cpu);
    const cpuMs = (user + system) / 1000;
    if (cpuMs > MAX_PARSE_CPU_MS) {
      return new OgrtError("LIMIT_EXCEEDED", `parsing took over ${MAX_PARSE_CPU_MS} ms`, { value: cpuMs });
    }
    return elapsedMs > MAX_READ_MS ? new ReadTimeout(`reading took over ${MAX_READ_MS} ms`) : undefined;
  }
}
