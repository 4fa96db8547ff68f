import type { Sink } from "./sink.js";

/** Takes everything and keeps nothing: for measuring what comes before it. */
export const nullSink = (): Sink => ({ deliver: async () => {}, close: async () => {} });
