import { bucketOf, dayOf, dayOfNanoseconds, useOf } from "../frames/frame-key.js";
import { UuidTable } from "./uuid-table.js";

/** The window holds at least this many frames, and at most twice as many, in tables of 32 MB. */
const MIN_FRAMES = 2 ** 19;

/** Tells which frames are in the store. */
export interface StoredFrameLookup {
  /** Frames of earlier days cannot be told from duplicates. */
  readonly oldestDay: number;
  check(uuid: string, use: number, bucket: number, onDecided: (isStored: boolean) => void): void;
}

export interface FrameIdentity {
  readonly uuid: string;
  readonly kind: "start" | "end";
  readonly part: number;
  /** Its own time, in nanoseconds since the epoch. */
  readonly time: bigint | undefined;
  /** In milliseconds since the epoch. */
  readonly receivedAt: number;
}

export interface FrameDecision {
  readonly onNew: () => void;
  readonly onDuplicate: () => void;
  /** The frame is older than the window in which duplicates are recognized. */
  readonly onLate: () => void;
}

/** Recognizes frames that were sent again: the newest in memory, the others by the store's index. */
export class Duplicates {
  readonly #stored: StoredFrameLookup;
  readonly #newest = new UuidTable(MIN_FRAMES);

  constructor(stored: StoredFrameLookup) {
    this.#stored = stored;
  }

  decide({ uuid, kind, part, time, receivedAt }: FrameIdentity, { onNew, onDuplicate, onLate }: FrameDecision): void {
    const day = time === undefined ? undefined : dayOfNanoseconds(time);
    if (day !== undefined && day < this.#stored.oldestDay) {
      onLate();
      return;
    }
    const use = useOf(kind, part);
    if (this.#newest.add(uuid, use) < 0) {
      onDuplicate();
      return;
    }
    // The store keeps no time of later parts of a start.
    const bucket = bucketOf(kind === "start" && part > 0 ? undefined : day, dayOf(receivedAt));
    this.#stored.check(uuid, use, bucket, (isStored) => (isStored ? onDuplicate() : onNew()));
  }

  /** Whether the first frame of a start is among the newest frames. */
  hasSeenStart(uuid: string): boolean {
    return this.#newest.find(uuid, useOf("start", 0)) >= 0;
  }

  /** After the loss of a frame, which may be sent again. */
  forget({ uuid, kind, part }: Pick<FrameIdentity, "uuid" | "kind" | "part">): void {
    this.#newest.remove(uuid, useOf(kind, part));
  }
}
