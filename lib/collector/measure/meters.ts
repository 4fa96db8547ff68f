import { VERDICTS, type VerifyFinding } from "../../verify/index.js";
import type { AmendmentRecord, StartRecord } from "../frames/record.js";
import { Durations } from "./durations.js";

/*
 * Counters on the path of a frame: plain numbers, which /metrics and /api/v1/stats read on request.
 */

/** Counts the frames of an input: a listener, or the WebSocket. */
export class InputMeter {
  readonly transport: string;
  /** Replaced by the real address when the listener is open: port 0 stands for any free port. */
  address: string;
  frames = 0;
  bytes = 0;
  /** Connections that were closed because places ran out. */
  displaced = 0;
  /** From reception to disk, of a sample of the frames. */
  readonly durations: Durations;

  constructor(transport: string, address: string, onStored: (milliseconds: number) => void) {
    this.transport = transport;
    this.address = address;
    this.durations = new Durations(onStored);
  }

  add(frames: number, bytes: number): void {
    this.frames += frames;
    this.bytes += bytes;
  }
}

/** Counts the objects of started processes by verdict. */
export class VerdictMeter {
  conflicts = 0;
  readonly #totals = new Float64Array(VERDICTS.length);
  /** Counts by list of findings. The verifier gives the same array for many processes. */
  readonly #countsOf = new WeakMap<readonly VerifyFinding[], Uint32Array>();

  add({ program, objects, conflicts }: StartRecord | AmendmentRecord): void {
    this.conflicts += conflicts.length;
    if (program !== undefined) {
      const at = VERDICTS.indexOf(program.verdict);
      this.#totals[at] = (this.#totals[at] ?? 0) + 1;
    }
    this.#addList(objects);
  }

  totals(): Record<string, number> {
    return Object.fromEntries(VERDICTS.map((verdict, at) => [verdict, this.#totals[at] ?? 0]));
  }

  #addList(findings: readonly VerifyFinding[]): void {
    let counts = this.#countsOf.get(findings);
    if (counts === undefined) {
      counts = new Uint32Array(VERDICTS.length);
      for (const { verdict } of findings) {
        const at = VERDICTS.indexOf(verdict);
        counts[at] = (counts[at] ?? 0) + 1;
      }
      this.#countsOf.set(findings, counts);
    }
    for (let at = 0; at < counts.length; at++) this.#totals[at] = (this.#totals[at] ?? 0) + (counts[at] ?? 0);
  }
}
