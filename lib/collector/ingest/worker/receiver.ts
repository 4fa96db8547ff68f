import type { OpenListener } from "../protocol.js";

/** An open socket that receives frames; each transport provides one. */
export interface Receiver {
  readonly address: OpenListener;
  /** Datagrams or bytes received so far. While the count does not change, the kernel's buffers are empty. */
  readonly received: () => number;
  readonly close: () => Promise<void>;
}
