import type { StreamedAmendment, StreamedProcess } from "../../lib/client/index.js";
import { isConspicuous } from "../parts/verdict.js";

/** The part of a record that the table shows. */
export interface LiveRow {
  readonly uuid: string;
  readonly started: string;
  readonly job: string | null;
  readonly user: string | null;
  readonly host: string | null;
  readonly program: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly objects: number;
  /** Objects with a conspicuous verdict. */
  readonly conspicuous: number;
}

const MAX_ROWS = 10_000;
/** Longer texts are truncated here; the view of the process has all of them. */
const MAX_TEXT_CHARACTERS = 1000;

/** The newest records of the stream. */
export class LiveRows {
  /** Oldest first. */
  #rows: LiveRow[] = [];
  /** Of {@link #rows}: after a break, the stream begins with records that may be here. */
  #uuids = new Set<string>();
  #total = 0;
  #seen = 0;

  get total(): number {
    return this.#total;
  }

  /** Records since the last call of {@link newest}. */
  get unseen(): number {
    return this.#total - this.#seen;
  }

  add(process: StreamedProcess): void {
    // Later frames of a record bring more objects of the same process.
    if ((process.part !== null && process.part.index > 0) || this.#uuids.has(process.uuid)) return;
    this.#total++;
    this.#rows.push(rowOf(process));
    this.#uuids.add(process.uuid);
    if (this.#rows.length <= MAX_ROWS * 2) return;
    this.#rows = this.#rows.slice(-MAX_ROWS);
    this.#uuids = new Set(this.#rows.map(({ uuid }) => uuid));
  }

  /** Replaces the verdicts of a row. */
  amend({ uuid, program, objects }: StreamedAmendment): void {
    if (program === null) return;
    const at = this.#rows.findLastIndex((row) => row.uuid === uuid);
    const row = this.#rows[at];
    if (row === undefined) return;
    const { verdict, reason } = program;
    this.#rows[at] = { ...row, verdict, reason, conspicuous: conspicuousOf(objects) };
  }

  /** All rows, newest first. */
  newest(): readonly LiveRow[] {
    this.#seen = this.#total;
    return this.#rows.slice(-MAX_ROWS).reverse();
  }
}

function rowOf({ uuid, started, job, claimed, program, objects, part }: StreamedProcess): LiveRow {
  const truncate = (text: string | null) => text?.slice(0, MAX_TEXT_CHARACTERS) ?? null;
  return {
    uuid,
    started,
    job: truncate(job),
    user: truncate(claimed.user) ?? (claimed.uid === null ? null : `uid ${claimed.uid}`),
    host: truncate(claimed.host),
    program: program.path.slice(0, MAX_TEXT_CHARACTERS),
    verdict: program.verdict,
    reason: program.reason,
    objects: part?.totalObjects ?? objects.length,
    conspicuous: conspicuousOf(objects),
  };
}

const conspicuousOf = (objects: StreamedProcess["objects"]) =>
  objects.filter(({ verdict }) => isConspicuous(verdict)).length;
