import type { MessagePort } from "node:worker_threads";
import type { Reporter, UncheckedReason, VerifyFinding } from "../../verify/index.js";
import type { Names } from "../answers/name-tables.js";
import type { QuestionAnswer, QuestionRequest } from "../answers/registry.js";
import type { AnswerOptions } from "../answers/settings.js";
import type { Batch } from "../database/batch.js";
import type { MigrationDone } from "../database/migrate.js";
import type { RollupState } from "../database/rollup/rollup.js";
import type { AgentRun } from "../frames/agent-run.js";
import type { FrameCount } from "../frames/minutes.js";
import type { Amended } from "../frames/record.js";
import type { Loss } from "../shared/losses.js";
import type { Outage } from "../shared/outage.js";
import type { PlainError } from "../threads/plain-error.js";
import type { Reply, Request } from "../threads/requests.js";

/* Messages between the main thread and the store thread. */

/** Requests to the store. The committer keeps those marked (alone) from running beside appends. */
export interface StoreRequests {
  /** Resolves when the batch is on disk. */
  append: { request: { readonly batch: Batch; readonly number: number }; result: undefined };
  /** Answers a question that was asked at a time, in milliseconds since the epoch. */
  query: { request: { readonly question: QuestionRequest; readonly asked: number }; result: QuestionAnswer };
  /** Brings the rollup up to date, so that the next question need not wait for it. */
  rollUp: { request: undefined; result: undefined };
  /** Names of software in the answers from now on. */
  names: { request: Names | undefined; result: undefined };
  /** Options of the answers from now on; fails when a file that they name is invalid. */
  configure: { request: AnswerOptions; result: undefined };
  /** Writes a whole store to a new file. */
  backup: { request: { readonly path: string }; result: undefined };
  /** Writes all processes to a Parquet file. */
  export: { request: { readonly path: string; readonly outages: string }; result: undefined };
  /** The number of a user's processes and jobs in the store, or in another store or an export. */
  owned: {
    request: { readonly user: string; readonly path?: string };
    result: { readonly processes: number; readonly jobs: number };
  };
  /** Rewrites another store or an export without a user's processes. */
  strip: { request: { readonly path: string; readonly user: string }; result: undefined };
  /** Copies what stays into a new file while appends go on. */
  copy: { request: { readonly drop: Drop }; result: undefined };
  /** Adds what was appended meanwhile and replaces the store with the copy (alone). */
  swap: { request: { readonly drop: Drop }; result: StoreState };
  /** Adds frame counts, and counts what was stored. `mark` is the identity of this account. */
  account: { request: { readonly mark: string; readonly counts: readonly FrameCount[] }; result: undefined };
  /** Records the outage that this start ended; `corrected` as for `recordOutage`. */
  outage: { request: { readonly outage: Outage; readonly corrected: number | undefined }; result: undefined };
  /** Replaces what is known of runs of agents. */
  storeAgentRuns: { request: readonly AgentRun[]; result: undefined };
  /** The last run of each node. */
  agentRuns: { request: undefined; result: readonly AgentRun[] };
  /** The sequences of records after one that have objects without a verdict for one of some reasons, oldest first. */
  awaiting: {
    request: { readonly reasons: readonly UncheckedReason[]; readonly after: number };
    result: readonly number[];
  };
  /** Those records. `left` holds the sequences of records that did not fit in the answer. */
  awaited: {
    request: { readonly sequences: readonly number[] };
    result: { readonly records: readonly AwaitedRecord[]; readonly left: readonly number[] };
  };
  /** The number of processes received before a time, in nanoseconds since the epoch, and the number of all. */
  age: { request: { readonly before: bigint }; result: { readonly older: number; readonly all: number } };
}

/** What the store thread is started with. */
export interface StoreData {
  readonly path: string;
  /** Memory of the engine, in megabytes. */
  readonly memoryMb: number;
}

export type ToStore =
  | Request<StoreRequests>
  /** Serves a reader of events on its own port (feed-protocol.ts). */
  | { readonly kind: "reader"; readonly port: MessagePort }
  /** Completes what is queued, closes the file and ends. */
  | { readonly kind: "close" }
  /** Interrupts what runs, begins nothing more and ends. */
  | { readonly kind: "halt" };

export type FromStore =
  | { readonly kind: "opened"; readonly state: StoreState; readonly findings: StartFindings }
  | { readonly kind: "refused"; readonly error: PlainError }
  | { readonly kind: "rollup"; readonly state: RollupState }
  | Reply;

/** What a start found out about the store's past. */
export interface StartFindings {
  readonly loss: Loss | undefined;
  /** Further sentences for the log. */
  readonly notes: readonly string[];
  /** Parts of the store that cannot be read. Without paths: /readyz shows them. */
  readonly damage: readonly string[];
  /** When the store was copied, if it is a backup that was put in its place, in milliseconds since the epoch. */
  readonly copied: number | undefined;
  /** The store had the layout of an earlier release. */
  readonly migration: MigrationDone | undefined;
}

/** What a collector needs to know about a store to continue it. */
export interface StoreState {
  readonly numbers: Numbers;
  readonly known: Known;
  /** Number of the last batch in it. */
  readonly lastBatch: number;
}

/** The highest numbers that a store has given out. */
export interface Numbers {
  object: number;
  finding: number;
  objectList: number;
  textList: number;
  sequence: number;
}

/** The newest values in a store: new records refer to them instead of storing them again. */
export interface Known {
  /** Tables that could not be read, with the reason. */
  readonly gaps: readonly string[];
  readonly objects: readonly KnownObject[];
  readonly findings: readonly KnownFinding[];
  readonly objectLists: readonly { readonly list: number; readonly members: readonly number[] }[];
  readonly textLists: readonly { readonly list: number; readonly values: readonly string[] }[];
}

export interface KnownObject {
  readonly id: number;
  readonly path: string;
  readonly soname: string | undefined;
  readonly signatures: readonly string[];
  readonly buildId: string | undefined;
  readonly stampsUnknown?: boolean | undefined;
}

export interface KnownFinding {
  readonly id: number;
  readonly object: number;
  readonly verdict: string;
  readonly reason: string | undefined;
  readonly compared: string | undefined;
  readonly onDisk: { readonly signatures: readonly string[]; readonly buildId: string | undefined } | undefined;
}

/** What a copy leaves out. */
export interface Drop {
  /** Processes that were received before this time, in nanoseconds since the epoch. */
  readonly before?: bigint | undefined;
  /** All processes of a user. */
  readonly user?: string | undefined;
}

/** A record and its last verdicts. */
export interface AwaitedRecord {
  readonly of: Amended;
  readonly reporter: Reporter;
  /** Undefined for a record that has none. */
  readonly program: VerifyFinding | undefined;
  readonly objects: readonly VerifyFinding[];
}
