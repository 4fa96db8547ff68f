import { setTimeout as sleep } from "node:timers/promises";
import type { VerifyFinding } from "../../verify/index.js";
import type { Amendments, Late } from "../frames/amendments.js";
import type { LogEvent } from "../log/log.js";
import { isRedacted } from "../shared/redacted.js";
import type { Store } from "../store/main/store.js";
import type { AwaitedRecord } from "../store/protocol.js";
import { COLLECTOR, type Verifier } from "../verification/verifier.js";

/** Records that are read from the store at once. */
const CHUNK_RECORDS = 64;
/** Pause when the queue of amendments is full. */
const RETRY_DELAY_MS = 1000;
/** A record in memory without its objects, and each of these. */
const RECORD_BYTES = 1000;
const OBJECT_BYTES = 200;

/** The verdict on an object whose path is not known any more. */
const NOT_EXAMINED: VerifyFinding = {
  verdict: "unchecked",
  reason: "overload",
  compared: undefined,
  onDisk: undefined,
};

interface Parts {
  readonly store: Store;
  readonly verifier: Verifier;
  readonly amendments: Amendments;
  readonly log: LogEvent;
}

/**
 * Takes up the records whose verdicts were still to come when the collector last ended: looks at their files, and amends
 * them. No record thus stays `unchecked (pending)` beyond the next start.
 */
export class Resumption {
  readonly #parts: Parts;
  #isStopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#run().catch(({ message }: Error) => {
      if (!this.#isStopped) parts.log("verdicts-not-resumed", `records without their verdicts stay so: ${message}`);
    });
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #run(): Promise<void> {
    const { store, log, amendments } = this.#parts;
    const sequences = [...(await store.ask("awaiting", undefined))];
    if (sequences.length === 0) return;
    const records = sequences.length;
    log("verdicts-resumed", `${records} records were stored without all of their verdicts; these follow`, { records });
    amendments.toResume = records;
    while (sequences.length > 0) {
      const found = await store.ask("awaited", { sequences: sequences.splice(0, CHUNK_RECORDS) });
      sequences.unshift(...found.left);
      for (const [index, record] of found.records.entries()) {
        const late = await this.#place(record);
        if (late === undefined) return;
        amendments.toResume = sequences.length + found.records.length - index - 1;
        await this.#verify(record, late);
      }
      // Some may have been removed in the meantime.
      amendments.toResume = sequences.length;
    }
  }

  /** A place in the queue of amendments; undefined when the collector stops. */
  async #place({ of }: AwaitedRecord): Promise<Late | undefined> {
    while (!this.#isStopped) {
      const late = this.#parts.amendments.expect(RECORD_BYTES + of.objects.length * OBJECT_BYTES);
      if (late !== undefined) return late;
      await sleep(RETRY_DELAY_MS);
    }
    return undefined;
  }

  /** Verifies what is still to come; what was known stays as it was. */
  #verify({ of, reporter, program, objects }: AwaitedRecord, late: Late): Promise<void> {
    const reports = [...(of.program === undefined ? [] : [of.program]), ...of.objects];
    const stored = [...(of.program === undefined ? [] : [program]), ...objects];
    const known = reports.map(({ path }, index) => stored[index] ?? (isRedacted(path) ? NOT_EXAMINED : undefined));
    const missing = reports.filter((_, index) => known[index] === undefined);
    return new Promise((resolve) => {
      this.#parts.verifier.verify(missing, reporter, COLLECTOR, (findings) => {
        const found = [...findings];
        const all = known.map((finding) => finding ?? (found.shift() as VerifyFinding));
        const own = of.program === undefined ? undefined : all.shift();
        late.onRecord(of);
        late.onVerdicts({ program: own, objects: all, conflicts: [] });
        resolve();
      });
    });
  }
}
