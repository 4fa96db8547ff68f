import { OgrtError } from "../../../errors.js";
import type { Context } from "../../answers/question.js";
import { type AnswerSettings, DEFAULT_SETTINGS } from "../../answers/settings.js";
import type { RollupUpkeep } from "./rollup-upkeep.js";
import type { StoreFile } from "./store-file.js";

export interface QuestionTimeouts {
  /** From the question until its answer is begun. */
  readonly beginMs: number;
  /** For the answer itself. */
  readonly answerMs: number;
}

/** An interrupt between two statements has no effect, so it is repeated. */
const INTERRUPT_INTERVAL_MS = 50;

/** Answers questions from the store, within limits of time and memory. */
export class Questions {
  settings: AnswerSettings = DEFAULT_SETTINGS;
  readonly #file: StoreFile;
  readonly #rollup: RollupUpkeep;

  constructor(file: StoreFile, rollup: RollupUpkeep) {
    this.#file = file;
    this.#rollup = rollup;
  }

  /**
   * @param asked - when, in milliseconds since the epoch: waiting for other answers counts.
   * @throws {@link OgrtError} ANSWER_NOT_READY or ANSWER_TOO_EXPENSIVE.
   */
  async ask<T>(
    answer: (context: Context) => Promise<T>,
    asked: number,
    { beginMs, answerMs }: QuestionTimeouts,
  ): Promise<T> {
    return this.within(await this.context(asked + beginMs), answer, answerMs);
  }

  /**
   * What a question is answered from now.
   *
   * @param deadline - in milliseconds since the epoch.
   * @throws {@link OgrtError} ANSWER_NOT_READY.
   */
  async context(deadline: number): Promise<Context> {
    const { questions: connection, naming } = await this.#file.open();
    const rollupLag = await this.#rollup.catchUp(deadline);
    await naming.refresh();
    const now = BigInt(Date.now()) * 1_000_000n;
    return { connection, naming, settings: this.settings, rollupLag, now };
  }

  /** Answers a question in a context. @throws {@link OgrtError} ANSWER_TOO_EXPENSIVE. */
  async within<T>(context: Context, answer: (context: Context) => Promise<T>, answerMs: number): Promise<T> {
    const { connection } = context;
    let isLate = false;
    let timer = setTimeout(function interrupt() {
      isLate = true;
      connection.interrupt();
      timer = setTimeout(interrupt, INTERRUPT_INTERVAL_MS);
    }, answerMs);
    try {
      return await answer(context);
    } catch (cause) {
      if (!isLate && !/^Out of Memory/i.test((cause as Error).message)) throw cause;
      const cost = isLate ? `more than ${answerMs / 1000} s` : "more memory than one answer may use";
      throw new OgrtError("ANSWER_TOO_EXPENSIVE", `the answer would take ${cost}; ask for a shorter span`, { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}
