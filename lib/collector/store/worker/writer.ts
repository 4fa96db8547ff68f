import { appendBatch } from "../../database/append.js";
import type { Batch } from "../../database/batch.js";
import type { Connection } from "../../database/engine.js";
import { inTransaction } from "../../database/transaction.js";

/** The batch was rolled back: the store is as it was before. */
export class NothingStored extends Error {}

/** Appends batches, each in one transaction that is on disk when `append` resolves. */
export class Writer {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * @param number - grows with every batch. The store keeps the last one, so that no batch is appended twice.
   * @throws {@link NothingStored} when the batch was rolled back; after any other error it may be in the store.
   */
  async append(batch: Batch, number: number): Promise<void> {
    await inTransaction(
      this.#connection,
      async () => {
        await appendBatch(this.#connection, batch);
        await this.#connection.run("INSERT OR REPLACE INTO meta VALUES ('last_batch', $1), ('last_sequence', $2)", [
          `${number}`,
          `${batch.facts.sequence}`,
        ]);
      },
      (cause) => new NothingStored(cause.message, { cause }),
    );
  }

  /** Whether a batch is in the store, which an error of its commit leaves open. */
  async has(number: number): Promise<boolean> {
    const found = await this.#connection.runAndReadAll(`SELECT "value" FROM meta WHERE "key" = 'last_batch'`);
    return found.currentRowCount > 0 && Number(found.value(0, 0)) >= number;
  }
}
