import type { StreamedProcess } from "../../lib/client/index.js";
import { isDoubtful } from "../parts/verdict.js";

/** What the table needs of a record; the rest is let go. */
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
  /** Objects whose verdict somebody should look at. */
  readonly doubtful: number;
}

/** Rows that are kept. */
const KEPT = 10_000;
/** Characters of a text in a row; the process's own view has all of it. */
const TEXT_LIMIT = 1000;

/** The newest records of the stream, as many as are worth scrolling through. */
export class LiveRows {
  /** Oldest first. */
  #rows: LiveRow[] = [];
  #total = 0;
  #looked = 0;

  get total(): number {
    return this.#total;
  }

  /** Records since somebody looked. */
  get sinceLook(): number {
    return this.#total - this.#looked;
  }

  add(process: StreamedProcess): void {
    // Later frames of a record in several bring more objects of the same process.
    if (process.part !== null && process.part.index > 0) return;
    this.#total++;
    this.#rows.push(rowOf(process));
    if (this.#rows.length > KEPT * 2) this.#rows = this.#rows.slice(-KEPT);
  }

  /** All rows, newest first. */
  look(): readonly LiveRow[] {
    this.#looked = this.#total;
    return this.#rows.slice(-KEPT).reverse();
  }
}

function rowOf({ uuid, started, job, claimed, program, objects, part }: StreamedProcess): LiveRow {
  const cut = (text: string | null) => text?.slice(0, TEXT_LIMIT) ?? null;
  return {
    uuid,
    started,
    job: cut(job),
    user: cut(claimed.user) ?? (claimed.uid === null ? null : `uid ${claimed.uid}`),
    host: cut(claimed.host),
    program: program.path.slice(0, TEXT_LIMIT),
    verdict: program.verdict,
    reason: program.reason,
    objects: part?.totalObjects ?? objects.length,
    doubtful: objects.filter(({ verdict }) => isDoubtful(verdict)).length,
  };
}
