import type { Connection } from "./engine.js";

/**
 * Runs work in a transaction, which is committed when the work resolves and rolled back when it fails.
 *
 * @param undone - makes the error that is thrown where the transaction certainly changed nothing. After an error of the
 *   commit itself that is not known, and the error is thrown as it is.
 */
export async function inTransaction<T>(
  connection: Connection,
  work: () => Promise<T>,
  undone: (cause: Error) => Error = (cause) => cause,
): Promise<T> {
  await connection.run("BEGIN");
  let isCommitting = false;
  try {
    const result = await work();
    isCommitting = true;
    await connection.run("COMMIT");
    return result;
  } catch (cause) {
    // A statement that fails may have ended the transaction already.
    const isRolledBack = await connection.run("ROLLBACK").then(
      () => true,
      () => false,
    );
    throw isRolledBack && !isCommitting ? undone(cause as Error) : cause;
  }
}
