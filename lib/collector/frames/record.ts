import type { Conflict, VerifyFinding } from "../../verify/index.js";
import type { JobEvent, ObjectReport, Placement, ProcessEnd, ProcessStart } from "../../wire/index.js";
import type { Delivery } from "./delivery.js";

/** The verdicts on the objects of a record. */
export interface RecordVerdicts {
  /** On the executable; undefined for ends. */
  readonly program: VerifyFinding | undefined;
  /** One for each of the record's objects. */
  readonly objects: readonly VerifyFinding[];
  readonly conflicts: readonly Conflict[];
}

/** What tells a job from those of other clusters, and a task from others of its array job. */
type JobPlacement = Pick<Placement, "cluster" | "arrayJob" | "arrayTask">;

/** What an amendment needs of its record. */
export interface Amended {
  readonly record: "start" | "end";
  readonly uuid: string;
  readonly part: number;
  /** The executable; undefined for later parts and ends. */
  readonly program: ObjectReport | undefined;
  readonly objects: readonly ObjectReport[];
  /** Of starts. */
  readonly job?: string | undefined;
  readonly placement?: JobPlacement | undefined;
  readonly user?: string | undefined;
  readonly host?: string | undefined;
}

/** Learns when a record is stored whose verdicts come later, and when their amendment is. */
export interface LateVerdicts {
  /** Memory that the amendment takes, in bytes. */
  readonly bytes: number;
  /** True when the amendment must not be stored. */
  readonly isForgotten: boolean;
  onRecord(of: Amended): void;
  end(outcome: "kept" | "lost"): void;
}

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
  /** Set when some of the verdicts are `unchecked (pending)`. */
  readonly late?: LateVerdicts | undefined;
  /** Set when an agent delivered it. */
  readonly delivery?: Delivery | undefined;
}

export interface EndRecord {
  readonly kind: "end";
  readonly message: ProcessEnd;
  readonly receivedAt: number;
  /** One for each of the message's objects. */
  readonly objects: readonly VerifyFinding[];
  /** As in {@link StartRecord}. */
  readonly late?: LateVerdicts | undefined;
  readonly delivery?: Delivery | undefined;
}

interface JobRecord {
  readonly kind: "job";
  readonly message: JobEvent;
  readonly receivedAt: number;
}

/** Verdicts that came after their record was stored. They replace all of the record's. */
export interface AmendmentRecord extends RecordVerdicts {
  readonly kind: "amendment";
  readonly of: Amended;
  /** When the last of the verdicts came, in milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly late: LateVerdicts;
}

/** What the live stream shows. */
export type StreamedRecord = StartRecord | AmendmentRecord;

/** What one frame brings. */
export type FrameRecord = StartRecord | EndRecord | JobRecord;

export type CollectedRecord = FrameRecord | AmendmentRecord;
