import { lstat, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { UserRecords } from "../../../shared/user-records.js";
import type { ForgetRequest } from "../../protocol.js";
import { LineFile } from "../files/line-file.js";
import { forgetInFiles } from "../files/strip-lines.js";
import type { SinkContext } from "../sink.js";
import type { Refusal } from "./bulk.js";

/** When the file is full, the output waits until an administrator moves it away. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Documents that the server refused permanently, in one file per output. */
export class DeadLetters {
  readonly path: string;
  /** Number of documents since the start of the output. */
  count = 0;
  readonly #directory: string;

  constructor({ dataDirectory, name }: SinkContext) {
    this.#directory = join(dataDirectory, "dead-letters");
    this.path = join(this.#directory, `${name}.jsonl`);
  }

  /** Resolves when the documents are on disk. @throws Error if the file is full. */
  async add(refusals: readonly Refusal[]): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const file = await LineFile.open(this.path);
    try {
      if (file.size >= MAX_FILE_BYTES) {
        throw new Error(`${this.path} is full; inspect it and move it away to continue`);
      }
      const lines = refusals.map(
        ({ document, status, reason }) =>
          `{"refused":${JSON.stringify({ status, reason })},"document":${document.text}}\n`,
      );
      await file.append(lines.join(""));
      await file.sync();
      this.count += refusals.length;
    } finally {
      await file.close();
    }
  }

  async forget({ user, dryRun }: ForgetRequest): Promise<readonly UserRecords[]> {
    const exists = await lstat(this.path).catch(() => undefined);
    return exists === undefined ? [] : forgetInFiles([this.path], user, dryRun);
  }
}
