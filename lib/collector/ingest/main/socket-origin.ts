import type { FrameOrigin, InFlightFrame } from "../../frames/in-flight.js";

/** The origin of frames from the ingest thread: it returns their credit to the thread. Senders get no acknowledgement. */
export class SocketOrigin implements FrameOrigin {
  readonly acknowledges = false;
  readonly onStored: FrameOrigin["onStored"];
  readonly #returnCredit: (bytes: number) => void;
  #completedBytes = 0;

  constructor(returnCredit: (bytes: number) => void, onStored: FrameOrigin["onStored"]) {
    this.#returnCredit = returnCredit;
    this.onStored = onStored;
  }

  onComplete({ bytes }: InFlightFrame): void {
    // One message to the thread for all frames that complete in this turn.
    if (this.#completedBytes === 0) setImmediate(() => this.#flush());
    this.#completedBytes += bytes;
  }

  #flush(): void {
    this.#returnCredit(this.#completedBytes);
    this.#completedBytes = 0;
  }
}
