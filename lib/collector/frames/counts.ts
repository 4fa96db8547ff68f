import type { Accounting } from "./ledger.js";

const MINUTE = 60_000;

/** Frames of a minute that met the same outcome. */
export interface FrameCount {
  readonly kind: string;
  readonly reason: string | null;
  readonly frames: number;
}

/**
 * Notes what the ledger has counted, minute by minute, so that answers can say how complete the data of a span are. A
 * collector that is killed loses the counts of the minute that is going on: it counts as one in which nobody looked.
 */
export class FrameCounts {
  readonly #read: () => Accounting;
  readonly #write: (minute: bigint, counts: FrameCount[]) => Promise<unknown>;
  readonly #onProblem: (error: Error) => void;
  #noted = new Map<string, number>();
  #minute = minuteOf(Date.now());
  #timer: NodeJS.Timeout | undefined;

  constructor(
    read: () => Accounting,
    write: (minute: bigint, counts: FrameCount[]) => Promise<unknown>,
    onProblem: (error: Error) => void,
  ) {
    this.#read = read;
    this.#write = write;
    this.#onProblem = onProblem;
    this.#wait();
  }

  /** Notes the minute that is going on, too. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#note();
  }

  #wait(): void {
    this.#timer = setTimeout(
      () => {
        void this.#note();
        this.#wait();
      },
      MINUTE - (Date.now() % MINUTE),
    ).unref();
  }

  async #note(): Promise<void> {
    const minute = this.#minute;
    this.#minute = minuteOf(Date.now());
    const counts = flat(this.#read());
    const added = counts
      .map((count) => ({ ...count, frames: count.frames - (this.#noted.get(keyOf(count)) ?? 0) }))
      // That there was a collector is told by a count of nothing, too.
      .filter(({ kind, frames }) => frames > 0 || kind === "received");
    this.#noted = new Map(counts.map((count) => [keyOf(count), count.frames]));
    await this.#write(minute, added).catch((error: Error) => {
      // They count for the next minute.
      for (const count of added) this.#noted.set(keyOf(count), (this.#noted.get(keyOf(count)) ?? 0) - count.frames);
      this.#onProblem(error);
    });
  }
}

const minuteOf = (time: number) => BigInt(time - (time % MINUTE)) * 1_000_000n;
const keyOf = ({ kind, reason }: FrameCount) => `${kind} ${reason ?? ""}`;

function flat({ received, stored, duplicate, kernelDropped, rejected, dropped }: Accounting): FrameCount[] {
  const plain = Object.entries({ received, stored, duplicate, kernelDropped });
  return [
    ...plain.map(([kind, frames]) => ({ kind, reason: null, frames })),
    ...Object.entries(rejected).map(([reason, frames]) => ({ kind: "rejected", reason, frames })),
    ...Object.entries(dropped).map(([reason, frames]) => ({ kind: "dropped", reason, frames })),
  ];
}
