import { OgrtError } from "../../../errors.js";
import type { Connection } from "../../database/engine.js";
import { examineOutages } from "../../database/lost-parents.js";
import { compactDays, type Days, daysToCompact, noteCompact } from "../../database/rollup/compaction.js";
import { removeUnusedSets } from "../../database/rollup/program-sets.js";
import { progressOf, type RollupState, rollUpStep } from "../../database/rollup/rollup.js";
import type { StoreFile } from "./store-file.js";

/** Keeps the rollup up to date and compact, in steps that are short enough for questions to run in between. */
export class RollupUpkeep {
  readonly #file: StoreFile;
  readonly #onState: (state: RollupState) => void;
  #uncompacted: Days[] = [];

  /** @param onState - called after each step, and after each that failed. */
  constructor(file: StoreFile, onState: (state: RollupState) => void = () => {}) {
    this.#file = file;
    this.#onState = onState;
  }

  /** Takes one step; true when there is more to do. */
  async step(): Promise<boolean> {
    const { questions } = await this.#file.open();
    try {
      const progress = await rollUpStep(questions);
      this.#onState({ ...progress, error: undefined });
      if (progress.rolledUp < progress.last) return true;
      await examineOutages(questions, BigInt(Date.now()) * 1_000_000n);
      return await this.#compact(questions);
    } catch (error) {
      await this.#fail(questions, error as Error);
      return false;
    }
  }

  /**
   * Brings the rollup up to date before a question is answered. Resolves with the number of records that it lags behind
   * because it could not be, as on a full disk.
   *
   * @throws {@link OgrtError} ANSWER_NOT_READY when that takes beyond the deadline, in milliseconds since the epoch.
   */
  async catchUp(deadline: number): Promise<number> {
    const { questions } = await this.#file.open();
    for (;;) {
      if (Date.now() > deadline) throw await notReady(questions);
      try {
        const progress = await rollUpStep(questions);
        this.#onState({ ...progress, error: undefined });
        if (progress.rolledUp >= progress.last) return 0;
      } catch (error) {
        const { rolledUp, last } = await this.#fail(questions, error as Error);
        return last - rolledUp;
      }
    }
  }

  /** Compacts some days when that is due; true when there are more. */
  async #compact(connection: Connection): Promise<boolean> {
    if (this.#uncompacted.length === 0) this.#uncompacted = await daysToCompact(connection);
    const days = this.#uncompacted.shift();
    if (days === undefined) {
      await removeUnusedSets(connection);
      return false;
    }
    await compactDays(connection, days);
    if (this.#uncompacted.length > 0) return true;
    await noteCompact(connection, days.table);
    return false;
  }

  async #fail(connection: Connection, { message }: Error): Promise<RollupState> {
    const state = { ...(await progressOf(connection)), error: message };
    this.#onState(state);
    return state;
  }
}

async function notReady(connection: Connection): Promise<OgrtError> {
  const { rolledUp, last } = await progressOf(connection);
  const reason =
    rolledUp < last
      ? `the rollup is being brought up to date: ${rolledUp} of ${last} records`
      : "other answers come first";
  return new OgrtError("ANSWER_NOT_READY", `${reason}; ask again in some seconds`);
}
