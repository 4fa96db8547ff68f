import type { PlainError } from "./protocol.js";
import type { EventPage, ListAnswer, ListRequest, StartContext } from "./worker/events.js";

/** What readers of events and the store thread say to each other, over a port of their own. */

/** Requests by name, and what they give. */
export interface FeedRequests {
  events: { request: { readonly after: number; readonly limit: number }; result: EventPage };
  lists: { request: { readonly wanted: ListRequest }; result: ListAnswer };
  starts: { request: { readonly uuids: readonly string[] }; result: readonly StartContext[] };
  /** How far readers have come, and the last sequence that was given out. */
  cursors: { request: Record<never, never>; result: Cursors };
  /** Keeps how far readers have come, in the store: a backup has the places that belong to its events. */
  commitCursor: { request: { readonly reader: string; readonly sequence: number }; result: undefined };
}

export interface Cursors {
  readonly readers: Readonly<Record<string, number>>;
  readonly head: number;
}

export type FeedName = keyof FeedRequests;
export type FeedRequest = { [N in FeedName]: { readonly name: N } & FeedRequests[N]["request"] }[FeedName];
export type FeedResult = FeedRequests[FeedName]["result"];

export interface ToFeed {
  readonly id: number;
  readonly request: FeedRequest;
}

export type FromFeed =
  | { readonly kind: "done"; readonly id: number; readonly result: FeedResult }
  | { readonly kind: "failed"; readonly id: number; readonly error: PlainError }
  /** Events up to here are in the store. */
  | { readonly kind: "head"; readonly sequence: number }
  /** Nothing that was read before may be used any more: verdicts are others, or rows are gone and their numbers free. */
  | { readonly kind: "changed" };
