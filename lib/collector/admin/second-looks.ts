import { setTimeout as sleep } from "node:timers/promises";
import type { UncheckedReason, VerifyFinding } from "../../verify/index.js";
import type { Amendments, Late } from "../frames/amendments.js";
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

export interface SecondLookParts {
  readonly store: Store;
  readonly verifier: Verifier;
  readonly amendments: Amendments;
}

/** Looks again at files of stored records that have no verdict, and amends the records. */
export class SecondLooks {
  readonly #parts: SecondLookParts;
  readonly #reasons: readonly UncheckedReason[];
  #isStopped = false;

  /** @param reasons - why the files have no verdict. */
  constructor(parts: SecondLookParts, reasons: readonly UncheckedReason[]) {
    this.#parts = parts;
    this.#reasons = reasons;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** The sequences of the records after one, oldest first; some of them, if there are very many. */
  find(after = 0): Promise<readonly number[]> {
    return this.#parts.store.ask("awaiting", { reasons: this.#reasons, after });
  }

  /**
   * Number of records that were amended. Fulfilled when the amendments are on disk.
   *
   * @param onLeft - called with the number of records that still have no place in the queue of amendments.
   */
  async amend(records: readonly number[], onLeft: (left: number) => void = () => {}): Promise<number> {
    const sequences = [...records];
    const amended: Promise<boolean>[] = [];
    while (sequences.length > 0) {
      const found = await this.#parts.store.ask("awaited", { sequences: sequences.splice(0, CHUNK_RECORDS) });
      sequences.unshift(...found.left);
      for (const [index, record] of found.records.entries()) {
        const place = await this.#place(record);
        if (place === undefined) return count(amended);
        onLeft(sequences.length + found.records.length - index - 1);
        amended.push(place.isKept);
        await this.#verify(record, place.late);
      }
      // Some may have been removed in the meantime.
      onLeft(sequences.length);
    }
    return count(amended);
  }

  /** A place in the queue of amendments; undefined when the collector stops. */
  async #place({ of }: AwaitedRecord): Promise<{ late: Late; isKept: Promise<boolean> } | undefined> {
    const bytes = RECORD_BYTES + of.objects.length * OBJECT_BYTES;
    for (; !this.#isStopped; await sleep(RETRY_DELAY_MS)) {
      let late: Late | undefined;
      const isKept = new Promise<boolean>((resolve) => {
        late = this.#parts.amendments.expect(bytes, (outcome) => resolve(outcome === "kept"));
      });
      if (late !== undefined) return { late, isKept };
    }
    return undefined;
  }

  /** Verifies what has no verdict; what is known stays as it is. Without a new verdict there is no amendment. */
  #verify({ of, reporter, program, objects }: AwaitedRecord, late: Late): Promise<void> {
    const reports = [...(of.program === undefined ? [] : [of.program]), ...of.objects];
    const stored = [...(program === undefined ? [] : [program]), ...objects];
    const isWanted = stored.map((finding, index) => this.#isOpen(finding) && !isRedacted(reports[index]?.path ?? ""));
    const wanted = reports.filter((_, index) => isWanted[index]);
    return new Promise((resolve) => {
      this.#parts.verifier.verify(wanted, reporter, COLLECTOR, (findings) => {
        const found = [...findings];
        const all = stored.map((finding, index) => this.#better(finding, isWanted[index] ? found.shift() : undefined));
        const own = of.program === undefined ? undefined : all.shift();
        if (own === program && all.every((finding, index) => finding === objects[index])) late.forget();
        else {
          late.onRecord(of);
          late.onVerdicts({ program: own, objects: all, conflicts: [] });
        }
        resolve();
      });
    });
  }

  #isOpen({ verdict, reason }: VerifyFinding): boolean {
    return verdict === "unchecked" && this.#reasons.some((open) => open === reason);
  }

  #better(stored: VerifyFinding, found: VerifyFinding | undefined): VerifyFinding {
    if (stored.reason === "pending") return found ?? NOT_EXAMINED;
    return found === undefined || found.verdict === "unchecked" ? stored : found;
  }
}

const count = async (outcomes: readonly Promise<boolean>[]) => (await Promise.all(outcomes)).filter(Boolean).length;
