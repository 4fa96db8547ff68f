import type { MessagePort } from "node:worker_threads";
import type { OutputConfig } from "../config/outputs/outputs.js";
import type { OutputStatus } from "../measure/output-meters.js";
import type { NamePaths } from "../names/protocol.js";
import type { UserRecords } from "../shared/user-records.js";
import type { Reply, Request } from "../threads/requests.js";

/* Messages between the main thread and the outputs thread. */

/** Log events of outputs. */
type OutputEvent = "output-waiting" | "output-recovered" | "output-refused" | "outputs-ended";
export type LogOutput = (event: OutputEvent, sentence: string) => void;

export interface OutputSettings {
  readonly outputs: readonly OutputConfig[];
  readonly dataDirectory: string;
  /** Sources of the names of software. */
  readonly names: NamePaths;
}

export interface OutputWorkerData extends OutputSettings {
  /** Leads to the store thread (store/feed-protocol.ts). */
  readonly port: MessagePort;
}

export interface ForgetRequest {
  readonly user: string;
  /** True to count only. */
  readonly dryRun: boolean;
}

export interface OutputRequests {
  status: { request: undefined; result: readonly OutputStatus[] };
  /** Reads the names of software from these sources from now on. */
  follow: { request: NamePaths; result: undefined };
  /** Removes what a user did from files of outputs below the data directory; resolves with those that have something. */
  forget: { request: ForgetRequest; result: readonly UserRecords[] };
  /** Completes deliveries in flight within a time limit, and ends the thread. */
  stop: { request: undefined; result: undefined };
}

export type ToOutputs = Request<OutputRequests>;

export type FromOutputs =
  | Reply
  /** Each output has its cursor. */
  | { readonly kind: "begun" }
  | { readonly kind: "event"; readonly event: OutputEvent; readonly sentence: string };
