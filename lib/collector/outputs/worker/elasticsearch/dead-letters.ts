import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { LineFile } from "../files/line-file.js";
import { stripLines } from "../files/strip-lines.js";
import type { SinkContext } from "../sink.js";
import type { Refusal } from "./bulk.js";

/** Bytes of a file of dead letters; an output that needs more waits until somebody has looked at it. */
const SIZE_LIMIT = 256 * 1024 * 1024;

/** What a server refuses for good, in a file of its own for each output. */
export class DeadLetters {
  readonly #directory: string;
  readonly #path: string;
  #count = 0;

  constructor({ dataDirectory, name }: SinkContext) {
    this.#directory = join(dataDirectory, "dead-letters");
    this.#path = join(this.#directory, `${name}.jsonl`);
  }

  /** Since the start of the output. */
  get count(): number {
    return this.#count;
  }

  get path(): string {
    return this.#path;
  }

  /** Resolves when they are on disk. @throws Error when there is no room for them. */
  async add(refusals: readonly Refusal[]): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const file = await LineFile.open(this.#path);
    try {
      if (file.size >= SIZE_LIMIT) {
        throw new Error(`${this.#path} is full: the output goes on when it was looked at and moved away`);
      }
      const lines = refusals.map(
        ({ document, status, reason }) =>
          `{"refused":${JSON.stringify({ status, reason })},"document":${document.text}}\n`,
      );
      await file.append(lines.join(""));
      await file.sync();
      this.#count += refusals.length;
    } finally {
      await file.close();
    }
  }

  async forget(user: string): Promise<readonly string[]> {
    const names = await readdir(this.#directory).catch(() => []);
    const isThere = names.some((name) => join(this.#directory, name) === this.#path);
    return isThere && (await stripLines(this.#path, user)) ? [this.#path] : [];
  }
}
