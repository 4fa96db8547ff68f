import { VERDICTS, type VerifyFinding } from "../../verify/index.js";
import type { StartRecord } from "../frames/record.js";
import { Durations } from "./durations.js";

/*
 * What is counted while records go by: plain numbers, which /metrics and /api/v1/stats read when somebody asks.
 */

/** A place where frames come in. */
export class InputMeter {
  readonly transport: string;
  #address: string;
  #frames = 0;
  #bytes = 0;
  /** From reception to the disk, of some of the frames. */
  readonly durations: Durations;

  constructor(transport: string, address: string, observe: (milliseconds: number) => void) {
    this.transport = transport;
    this.#address = address;
    this.durations = new Durations(observe);
  }

  get address(): string {
    return this.#address;
  }

  get frames(): number {
    return this.#frames;
  }

  /** Of whole frames. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Where it really is: port 0 took any free one. */
  moveTo(address: string): void {
    this.#address = address;
  }

  add(frames: number, bytes: number): void {
    this.#frames += frames;
    this.#bytes += bytes;
  }
}

/** How many objects of started processes got which verdict. */
export class VerdictMeter {
  #conflicts = 0;
  readonly #totals = new Float64Array(VERDICTS.length);
  /** Lists of findings come again and again, always the same arrays; each is counted once. */
  readonly #counted = new WeakMap<readonly VerifyFinding[], Uint32Array>();

  get conflicts(): number {
    return this.#conflicts;
  }

  add({ program, objects, conflicts }: StartRecord): void {
    this.#conflicts += conflicts.length;
    const at = VERDICTS.indexOf(program.verdict);
    this.#totals[at] = (this.#totals[at] ?? 0) + 1;
    this.#addList(objects);
  }

  totals(): Record<string, number> {
    return Object.fromEntries(VERDICTS.map((verdict, at) => [verdict, this.#totals[at] ?? 0]));
  }

  #addList(findings: readonly VerifyFinding[]): void {
    let counts = this.#counted.get(findings);
    if (counts === undefined) {
      counts = new Uint32Array(VERDICTS.length);
      for (const { verdict } of findings) {
        const at = VERDICTS.indexOf(verdict);
        counts[at] = (counts[at] ?? 0) + 1;
      }
      this.#counted.set(findings, counts);
    }
    for (let at = 0; at < counts.length; at++) this.#totals[at] = (this.#totals[at] ?? 0) + (counts[at] ?? 0);
  }
}
