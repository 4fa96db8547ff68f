import type { Amended, AmendmentRecord, EndRecord, LateVerdicts, RecordVerdicts, StartRecord } from "./record.js";

/**
 * Memory of the records that are stored without all of their verdicts, until their amendments are on disk. Beyond it such
 * a record is stored as `unchecked (overload)`, and has no amendment.
 */
const MAX_AWAITED_BYTES = 32 * 1024 * 1024;

/** Receives an amendment when its record is on disk. The receiver calls `late.end()` when the amendment is, too. */
type OnAmendment = (amendment: AmendmentRecord) => void;

/** The records that are stored before all of their verdicts are known: a bounded queue of amendments. */
export class Amendments {
  readonly #onAmendment: OnAmendment;
  readonly #awaited = new Set<Late>();
  #bytes = 0;
  #onDrained: (() => void)[] = [];
  /** Amendments on disk. */
  stored = 0;
  /** Records that await theirs since before the start, and have no place in the queue yet. */
  toResume = 0;

  constructor(onAmendment: OnAmendment) {
    this.#onAmendment = onAmendment;
  }

  /** Number of records that await their amendment. */
  get awaited(): number {
    return this.#awaited.size + this.toResume;
  }

  /**
   * Reserves the place of an amendment; undefined when the queue is full.
   *
   * @param bytes - memory that the record takes.
   * @param onEnd - called when the amendment is on disk, or there will be none.
   */
  expect(bytes: number, onEnd?: (outcome: "kept" | "lost") => void): Late | undefined {
    if (this.#bytes + bytes > MAX_AWAITED_BYTES) return undefined;
    this.#bytes += bytes;
    const late = new Late(bytes, this.#onAmendment, (outcome) => {
      this.#awaited.delete(late);
      this.#bytes -= bytes;
      if (outcome === "kept") this.stored++;
      if (this.#awaited.size === 0) for (const resolve of this.#onDrained.splice(0)) resolve();
      onEnd?.(outcome);
    });
    this.#awaited.add(late);
    return late;
  }

  /**
   * Drops amendments of a user whose records are being removed. Ends name no user, so theirs are dropped, too: those that
   * stay in the store are `pending` until the next start.
   */
  forget(user: string): void {
    for (const late of [...this.#awaited]) if (late.user === undefined || late.user === user) late.forget();
  }

  /** Resolves when no record awaits an amendment. */
  async drained(): Promise<void> {
    if (this.#awaited.size > 0) await new Promise<void>((resolve) => this.#onDrained.push(resolve));
  }
}

/** The place of one amendment. It is made when both its record is stored and the last verdict is known. */
export class Late implements LateVerdicts {
  readonly bytes: number;
  readonly #onAmendment: OnAmendment;
  readonly #onEnd: (outcome: "kept" | "lost") => void;
  #of: Amended | undefined;
  #verdicts: RecordVerdicts | undefined;
  #isEnded = false;

  constructor(bytes: number, onAmendment: OnAmendment, onEnd: (outcome: "kept" | "lost") => void) {
    this.bytes = bytes;
    this.#onAmendment = onAmendment;
    this.#onEnd = onEnd;
  }

  get user(): string | undefined {
    return this.#of?.user;
  }

  get isForgotten(): boolean {
    return this.#isEnded;
  }

  onVerdicts(verdicts: RecordVerdicts): void {
    this.#verdicts = verdicts;
    this.#make();
  }

  onRecord(of: Amended): void {
    this.#of = of;
    this.#make();
  }

  forget(): void {
    this.end("lost");
  }

  end(outcome: "kept" | "lost"): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#onEnd(outcome);
  }

  #make(): void {
    if (this.#isEnded || this.#of === undefined || this.#verdicts === undefined) return;
    this.#onAmendment({ kind: "amendment", of: this.#of, ...this.#verdicts, receivedAt: Date.now(), late: this });
  }
}

/** What an amendment needs of its record. */
export function amendedOf(record: StartRecord | EndRecord): Amended {
  const { message } = record;
  const { objects } = message;
  const part = message.part?.index ?? 0;
  if (record.kind === "end" || message.type === "process-end") {
    return { record: "end", uuid: (message as EndRecord["message"]).uuid, part, program: undefined, objects };
  }
  const { job, user, host, placement } = message;
  const program = part === 0 ? message.program : undefined;
  return { record: "start", uuid: record.uuid, part, program, objects, job, placement, user, host };
}
