import type { TellOutput } from "../events.js";
import type { Document } from "./document.js";

/** Where an output's documents go. One call at a time. */
export interface Sink {
  /**
   * Hands documents over, in order. Resolves when the receiver has all of them; when it rejects, they are handed over
   * again. With {@link Sink.confirm} it need only be sure by then.
   */
  deliver(documents: readonly Document[], signal: AbortSignal): Promise<void>;
  /**
   * Makes sure of all that was delivered since the last time, where that takes a step of its own; when it rejects, all of
   * that is handed over again.
   */
  readonly confirm?: (signal: AbortSignal) => Promise<void>;
  /** Removes what a user did from files of the sink below the data directory; gives those that were written. */
  readonly forget?: (user: string) => Promise<readonly string[]>;
  /** Documents that were refused for good, and what became of them. */
  readonly refused?: () => number;
  close(): Promise<void>;
}

/** What a sink is given besides its options. */
export interface SinkContext {
  /** Of the output. */
  readonly name: string;
  readonly dataDirectory: string;
  readonly tell: TellOutput;
}
