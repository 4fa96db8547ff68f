import type { FrameOrigin, InFlightFrame } from "../../frames/in-flight.js";

/** The sockets of the ingest thread: their senders hear nothing, but the thread gets its credit back. */
export class SocketOrigin implements FrameOrigin {
  readonly acknowledges = false;
  readonly onStored: FrameOrigin["onStored"];
  readonly #refund: (bytes: number) => void;
  #bytes = 0;

  constructor(refund: (bytes: number) => void, took: FrameOrigin["onStored"]) {
    this.#refund = refund;
    this.onStored = took;
  }

  onComplete({ bytes }: InFlightFrame): void {
    // One message to the thread for all that this turn settles.
    if (this.#bytes === 0) setImmediate(() => this.#flush());
    this.#bytes += bytes;
  }

  #flush(): void {
    this.#refund(this.#bytes);
    this.#bytes = 0;
  }
}
