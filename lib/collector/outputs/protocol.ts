import type { MessagePort } from "node:worker_threads";
import type { OutputStatus } from "../measure/outputs.js";
import type { NamePaths } from "../names/protocol.js";
import type { OutputConfig } from "./kinds.js";
import type { OutputEvent } from "./worker/sink.js";

/** What the main thread and the thread of the outputs say to each other. */

export interface OutputSettings {
  readonly outputs: readonly OutputConfig[];
  readonly dataDirectory: string;
  /** Where software gets its names from. */
  readonly names: NamePaths;
}

export interface OutputWorkerData extends OutputSettings {
  readonly port: MessagePort;
}

export type OutputRequest =
  | { readonly name: "status" }
  | { readonly name: "follow"; readonly names: NamePaths }
  | { readonly name: "forget"; readonly user: string }
  | { readonly name: "stop" };

export interface ToOutputs {
  readonly id: number;
  readonly request: OutputRequest;
}

export type FromOutputs =
  /** Each output has its place. */
  | { readonly kind: "begun" }
  | { readonly kind: "done"; readonly id: number; readonly result: readonly OutputStatus[] | readonly string[] }
  | { readonly kind: "failed"; readonly id: number; readonly message: string }
  | { readonly kind: "event"; readonly event: OutputEvent; readonly sentence: string };
