import { join } from "node:path";
import { ClockWatch } from "../admin/clock-watch.js";
import { StoredFrames } from "../duplicates/main/stored-frames.js";
import { dayOf } from "../frames/frame-key.js";
import { frameOf } from "../frames/frame-of-record.js";
import { Duplicates } from "../pipeline/duplicates.js";
import type { Base } from "./base.js";
import type { Part } from "./running-parts.js";
import type { Storing } from "./storing.js";

const PRUNE_INTERVAL_MS = 3_600_000;

/** Recognizes frames that are sent again within the window, in memory and by the index of stored frames. */
export class Deduplicating implements Part {
  readonly duplicates: Duplicates;
  readonly #stored: StoredFrames;
  readonly #timer: NodeJS.Timeout;
  readonly #problem: { sentence: string | undefined };

  static async start({ data, settings, log, onCrash }: Base, storing: Storing): Promise<Deduplicating> {
    const clock = new ClockWatch(join(data.path, "duplicates-clock"));
    const oldestDay = () => dayOf(Date.now()) - settings.duplicateDays;
    /** A clock that was set must neither remove days from the index nor make frames late. */
    const trustedDay = () => {
      try {
        return clock.now() === undefined ? undefined : oldestDay();
      } catch {
        return undefined;
      }
    };
    const trusted = trustedDay();
    const start = {
      path: data.duplicates,
      losses: storing.losses,
      oldestDay: trusted ?? oldestDay(),
      isClockTrusted: trusted !== undefined,
    };
    const problem: { sentence: string | undefined } = { sentence: undefined };
    const stored = await StoredFrames.open(storing.store, start, {
      onProblem: (sentence) => {
        problem.sentence = sentence;
        if (sentence !== undefined) log.event("duplicates-unknown", `the index of stored frames: ${sentence}`);
      },
      onCrash,
    });
    const prune = () => {
      const day = trustedDay();
      if (day !== undefined) stored.prune(day);
    };
    return new Deduplicating(stored, setInterval(prune, PRUNE_INTERVAL_MS).unref(), problem, storing);
  }

  private constructor(
    stored: StoredFrames,
    timer: NodeJS.Timeout,
    problem: { sentence: string | undefined },
    storing: Storing,
  ) {
    this.duplicates = new Duplicates(stored);
    this.#stored = stored;
    this.#timer = timer;
    this.#problem = problem;
    storing.onRecordsLost = (records) => {
      for (const record of records) this.duplicates.forget(frameOf(record));
    };
  }

  warnings(): readonly string[] {
    const isKnown = this.#problem.sentence === undefined;
    return isKnown ? [] : ["the index of stored frames has a problem: frames that are sent again may be stored twice"];
  }

  stop(): Promise<void> {
    clearInterval(this.#timer);
    return this.#stored.stop();
  }
}
