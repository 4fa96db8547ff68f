import type { EndJson, ObjectJson, ProcessJson } from "../frames/json.js";
import type { Reply, Request } from "../threads/requests.js";

/* Messages between a reader of events and the store thread, over their own port. */

export interface FeedRequests {
  events: { request: { readonly after: number; readonly limit: number }; result: EventPage };
  lists: { request: ListRequest; result: ListAnswer };
  starts: { request: { readonly uuids: readonly string[] }; result: readonly StartContext[] };
  frames: {
    request: {
      /** Undefined: from the first frame that was received since the day. */
      readonly after: number | undefined;
      readonly receivedSince: number;
      readonly limit: number;
    };
    result: FrameKeyPage;
  };
  cursors: { request: undefined; result: Cursors };
  /** Stores a reader's cursor beside the events, so that a backup holds the cursors that belong to its events. */
  commitCursor: { request: { readonly reader: string; readonly sequence: number }; result: undefined };
}

export type ToFeed = Request<FeedRequests>;

export type FromFeed =
  | Reply
  /** Events up to this sequence are in the store. */
  | { readonly kind: "head"; readonly sequence: number }
  /** Lists that were read before are stale: verdicts changed, or rows were removed and their numbers are free. */
  | { readonly kind: "changed" };

export interface Cursors {
  readonly readers: Readonly<Record<string, number>>;
  /** The last sequence that was given out. */
  readonly head: number;
}

/** An event of the store. It refers to lists by number; the request `lists` reads them. */
export type StoredEvent = { readonly sequence: number; readonly received: bigint } & (
  | {
      readonly kind: "process";
      readonly process: Omit<ProcessJson, "program" | "objects" | "environment" | "modules">;
      readonly program: number;
      readonly objects: number;
      readonly environment: number;
      readonly modules: number;
    }
  | { readonly kind: "part"; readonly uuid: string; readonly part: number; readonly objects: number }
  | {
      readonly kind: "end";
      readonly uuid: string;
      readonly part: number;
      readonly end: Omit<EndJson, "objects">;
      readonly objects: number;
    }
  | {
      readonly kind: "amendment";
      readonly uuid: string;
      /** The message of the record whose verdicts it replaces. */
      readonly record: "start" | "end";
      readonly part: number;
      /** Null for records without an executable: later parts and ends. */
      readonly program: number | null;
      readonly objects: number;
    }
  | {
      readonly kind: "job";
      readonly job: string;
      readonly cluster: string | null;
      readonly event: string;
      readonly happened: string;
    }
);

export interface EventPage {
  readonly events: readonly StoredEvent[];
  /** The page covers the sequences up to this one; the next page begins after it. */
  readonly upTo: number;
  /** The last sequence that was given out. */
  readonly head: number;
}

/** Keys of stored frames (frames/frame-key.ts). */
export interface FrameKeyPage {
  readonly keys: Uint32Array<ArrayBuffer>;
  readonly upTo: number;
  readonly head: number;
}

/** Facts from the start of a process, for its later events. */
export interface StartContext {
  readonly uuid: string;
  readonly started: string;
  readonly job: string | null;
  readonly cluster: string | null;
  readonly user: string | null;
  readonly host: string | null;
}

export interface ListRequest {
  /** Findings on executables. */
  readonly findings: readonly number[];
  readonly objects: readonly number[];
  readonly texts: readonly number[];
}

/** When object lists are long, it holds only some of those requested; the reader requests the others again. */
export interface ListAnswer {
  readonly findings: readonly (readonly [number, ObjectJson])[];
  readonly objects: readonly (readonly [number, readonly ObjectJson[]])[];
  readonly texts: readonly (readonly [number, readonly string[]])[];
}
