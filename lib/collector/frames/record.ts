import type { Conflict, VerifyFinding } from "../../verify/index.js";
import type { JobEvent, ProcessEnd, ProcessStart } from "../../wire/index.js";

/** A process start with a verdict on each object. */
export interface StartRecord {
  readonly kind: "start";
  readonly message: ProcessStart;
  /** From the client, or computed from the message when the client sends none. */
  readonly uuid: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly program: VerifyFinding;
  /** One for each of the message's objects. */
  readonly objects: readonly VerifyFinding[];
  readonly conflicts: readonly Conflict[];
}

export interface EndRecord {
  readonly kind: "end";
  readonly message: ProcessEnd;
  readonly receivedAt: number;
  /** One for each of the message's objects. */
  readonly objects: readonly VerifyFinding[];
}

interface JobRecord {
  readonly kind: "job";
  readonly message: JobEvent;
  readonly receivedAt: number;
}

export type CollectedRecord = StartRecord | EndRecord | JobRecord;
