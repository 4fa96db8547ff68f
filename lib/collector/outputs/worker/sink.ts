import type { UserRecords } from "../../shared/user-records.js";
import type { ForgetRequest, LogOutput } from "../protocol.js";
import type { Document } from "./document.js";

/** Delivers the documents of an output. Its methods are called one at a time. */
export interface Sink {
  /**
   * Delivers documents in order. Resolves when the receiver has acknowledged all of them, or, in a sink with
   * {@link Sink.confirm}, when they are sent. When it rejects, they are delivered again.
   */
  deliver(documents: readonly Document[], signal: AbortSignal): Promise<void>;
  /**
   * Waits for the acknowledgement of everything that was delivered since the last call, where this takes a separate step.
   * When it rejects, all of that is delivered again.
   */
  readonly confirm?: (signal: AbortSignal) => Promise<void>;
  /** Removes the records of a user from the sink's files, or only counts them. Returns the files that have some. */
  readonly forget?: (request: ForgetRequest) => Promise<readonly UserRecords[]>;
  /** Number of documents that the receiver refused permanently. */
  readonly refused?: () => number;
  close(): Promise<void>;
}

/** What a sink needs besides its options. */
export interface SinkContext {
  /** Name of the output. */
  readonly name: string;
  readonly dataDirectory: string;
  readonly log: LogOutput;
}
