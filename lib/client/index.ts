/**
 * Asking a collector, from Node and from browsers.
 *
 * @packageDocumentation
 */
export { type ClientOptions, CollectorClient } from "./collector-client.js";
export type { Answer, Input, OperationName } from "./operations.js";
