/**
 * A client of the collector for Node and browsers.
 *
 * @packageDocumentation
 */
export { type ClientOptions, CollectorClient } from "./collector-client.js";
export type { Answer, Input, OperationName } from "./operations.js";
export { type ListName, nextCursor, pagesOf } from "./pages.js";
export { type Refusal, refusalError } from "./refusal.js";
export type { Trust } from "./socket.js";
export {
  type StreamedAmendment,
  type StreamedProcess,
  type StreamFilters,
  type StreamState,
  type SubscribeOptions,
  type Subscription,
  subscribe,
} from "./subscribe.js";
