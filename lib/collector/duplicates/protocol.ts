import type { MessagePort } from "node:worker_threads";

/* Messages between the duplicates thread and its owner. */

export interface DuplicatesData {
  /** Directory of the index. */
  readonly path: string;
  /** Losses of the store so far: an index from before one may know frames that are not stored any more. */
  readonly losses: number;
  /** To the store, whose commits the thread follows. */
  readonly port: MessagePort;
  /** Frames of earlier days need not be known. */
  readonly oldestDay: number;
  /** False when the clock may be wrong: days that the index has are kept. */
  readonly isClockTrusted: boolean;
}

export type ToDuplicates =
  /** Asks which frames are stored; `keys` has KEY_WORDS words for each. */
  | { readonly kind: "check"; readonly keys: Uint32Array<ArrayBuffer> }
  /** Removes frames of earlier days. */
  | { readonly kind: "prune"; readonly oldestDay: number }
  | { readonly kind: "end" };

export type FromDuplicates =
  /** @param oldestDay - frames of earlier days may be missing. */
  | { readonly kind: "opened"; readonly oldestDay: number }
  /** The answer to the oldest check: 1 for each frame that is stored. */
  | { readonly kind: "checked"; readonly stored: Uint8Array<ArrayBuffer> }
  /** Why the index does not follow the store; undefined when it does again. */
  | { readonly kind: "problem"; readonly sentence: string | undefined };
