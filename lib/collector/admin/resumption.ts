import type { LogEvent } from "../log/log.js";
import { type SecondLookParts, SecondLooks } from "./second-looks.js";

/**
 * Takes up the records whose verdicts were still to come when the collector last ended: looks at their files, and amends
 * them. No record thus stays `unchecked (pending)` beyond the next start.
 */
export class Resumption {
  readonly #looks: SecondLooks;

  constructor(parts: SecondLookParts, log: LogEvent) {
    this.#looks = new SecondLooks(parts, ["pending"]);
    this.#run(parts, log).catch(({ message }: Error) => {
      if (!this.#looks.isStopped) log("verdicts-not-resumed", `records without their verdicts stay so: ${message}`);
    });
  }

  stop(): void {
    this.#looks.stop();
  }

  async #run({ amendments }: SecondLookParts, log: LogEvent): Promise<void> {
    const sequences = await this.#looks.find();
    const records = sequences.length;
    if (records === 0) return;
    log("verdicts-resumed", `${records} records were stored without all of their verdicts; these follow`, { records });
    amendments.toResume = records;
    await this.#looks.amend(sequences, (left) => {
      amendments.toResume = left;
    });
  }
}
