import type { Batch } from "../../database/batch.js";
import type { StoreFile } from "./store-file.js";
import { NothingStored } from "./writer.js";

/** Appends batches to the store, each exactly once. */
export class Appends {
  readonly #file: StoreFile;
  #isSuspect = false;

  constructor(file: StoreFile) {
    this.#file = file;
  }

  /** True after a failed commit, whose batch may be in the file: the next append opens the file again and checks. */
  get isSuspect(): boolean {
    return this.#isSuspect;
  }

  /** Resolves with the batch's last sequence when it is on disk. A batch that is there already is not appended again. */
  async append(batch: Batch, number: number): Promise<number> {
    this.#file.checkPlace();
    if (this.#isSuspect) this.#file.close();
    const { writer } = await this.#file.open();
    const isStored = this.#isSuspect && (await writer.has(number));
    this.#isSuspect = false;
    try {
      if (!isStored) await writer.append(batch, number);
      // A batch that could not be recorded is not acknowledged: it is in the store, and recorded with the next attempt.
      this.#file.recordCommit(batch.facts);
      return batch.facts.sequence;
    } catch (error) {
      this.#isSuspect = !(error instanceof NothingStored);
      throw error;
    }
  }
}
