import type { MessagePort } from "node:worker_threads";
import type { Names } from "../answers/name-tables.js";
import type { QuestionAnswer, QuestionRequest } from "../answers/registry.js";
import type { AnswerSettings } from "../answers/settings.js";
import type { RollupState } from "../database/rollup.js";
import type { Batch } from "../database/schema.js";
import type { FrameCount } from "../frames/counts.js";
import type { Numbers } from "./main/batch-builder.js";
import type { Drop } from "./worker/copy.js";
import type { Known } from "./worker/known.js";
import type { ResolvedFinding, UnresolvedFinding } from "./worker/unresolved.js";

/** What the store thread and the main thread say to each other. */

/** What a store knows when it is opened. */
export interface StoreState {
  readonly numbers: Numbers;
  readonly known: Known;
  /** Number of the last batch in it. */
  readonly lastBatch: number;
  /** The newest frames in it, so that their repeats are known. */
  readonly seen: readonly { uuid: string; kind: "start" | "end"; part: number }[];
}

/** An error on its way between threads: class instances don't make it. */
export interface PlainError {
  readonly code: string | undefined;
  readonly message: string;
  /** Of the error that a code belongs to. */
  readonly value: string | undefined;
}

/** Longer work on a store, and what it gives. */
export interface Tasks {
  /** Writes a whole store to a new file. */
  backup: { request: { readonly path: string }; result: undefined };
  /** Writes all processes to a Parquet file. */
  export: { request: { readonly path: string }; result: undefined };
  /** Leaves out of another store, or of an export, what a user did. */
  strip: { request: { readonly path: string; readonly user: string }; result: undefined };
  /** Writes what stays into a new file while the store goes on. */
  copy: { request: { readonly drop: Drop }; result: undefined };
  /** Adds what came meanwhile and puts the new file in the old one's place. Nothing may be appended meanwhile. */
  swap: { request: { readonly drop: Drop }; result: StoreState };
  /** Adds counts of frames to those of a minute, in nanoseconds since the epoch. */
  account: { request: { readonly minute: bigint; readonly counts: readonly FrameCount[] }; result: undefined };
  unresolved: { request: Record<never, never>; result: UnresolvedFinding[] };
  /** Nothing may be appended meanwhile. */
  resolve: { request: { readonly resolved: readonly ResolvedFinding[] }; result: StoreState };
  /** How many processes were received before a time, in nanoseconds since the epoch, and how many there are. */
  age: { request: { readonly before: bigint }; result: { readonly older: number; readonly all: number } };
}

export type TaskName = keyof Tasks;
export type TaskRequest = { [N in TaskName]: { readonly name: N } & Tasks[N]["request"] }[TaskName];
export type TaskResult = Tasks[TaskName]["result"];

export type ToStore =
  | { readonly kind: "append"; readonly id: number; readonly batch: Batch; readonly number: number }
  | { readonly kind: "query"; readonly id: number; readonly request: QuestionRequest }
  | { readonly kind: "task"; readonly id: number; readonly request: TaskRequest }
  /** A reader of events, which talks to the store thread by itself (feed-protocol.ts). */
  | { readonly kind: "reader"; readonly port: MessagePort }
  /** Takes in what was stored, so that the next question need not wait for it. */
  | { readonly kind: "digest" }
  /** What questions are answered with, from now on. */
  | { readonly kind: "names"; readonly names: Names | undefined }
  | { readonly kind: "settings"; readonly settings: AnswerSettings }
  | { readonly kind: "close" };

export type FromStore =
  | { readonly kind: "opened"; readonly state: StoreState }
  | { readonly kind: "refused"; readonly error: PlainError }
  | { readonly kind: "digest"; readonly state: RollupState }
  | { readonly kind: "done"; readonly id: number; readonly result: QuestionAnswer | TaskResult }
  | { readonly kind: "failed"; readonly id: number; readonly error: PlainError };
