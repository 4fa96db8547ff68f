import type { Numbers } from "./batch-builder.js";
import type { Known } from "./known.js";
import type { Answer, QueryRequest } from "./queries.js";
import type { Batch } from "./schema.js";

/** What the store thread and the main thread say to each other. */

/** What a store knows when it is opened. */
export interface StoreState {
  readonly numbers: Numbers;
  readonly known: Known;
  /** The newest frames in it, so that their repeats are known. */
  readonly seen: readonly { uuid: string; kind: "start" | "end"; part: number }[];
}

/** An error on its way between threads: class instances don't make it. */
export interface PlainError {
  readonly code: string | undefined;
  readonly message: string;
}

export type ToStore =
  | { readonly kind: "append"; readonly id: number; readonly batch: Batch }
  | { readonly kind: "query"; readonly id: number; readonly request: QueryRequest }
  | { readonly kind: "close" };

export type FromStore =
  | { readonly kind: "opened"; readonly state: StoreState }
  | { readonly kind: "refused"; readonly error: PlainError }
  | { readonly kind: "appended"; readonly id: number; readonly error: PlainError | undefined }
  | { readonly kind: "answered"; readonly id: number; readonly answer: Answer }
  | { readonly kind: "failed"; readonly id: number; readonly error: PlainError };
