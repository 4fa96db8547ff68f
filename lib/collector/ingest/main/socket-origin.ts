import type { Origin, Ticket } from "../../frames/in-flight.js";

/** The sockets of the ingest thread: their senders hear nothing, but the thread gets its credit back. */
export class SocketOrigin implements Origin {
  readonly acknowledges = false;
  readonly took: Origin["took"];
  readonly #refund: (bytes: number) => void;
  #bytes = 0;

  constructor(refund: (bytes: number) => void, took: Origin["took"]) {
    this.#refund = refund;
    this.took = took;
  }

  settled({ bytes }: Ticket): void {
    // One message to the thread for all that this turn settles.
    if (this.#bytes === 0) setImmediate(() => this.#flush());
    this.#bytes += bytes;
  }

  #flush(): void {
    this.#refund(this.#bytes);
    this.#bytes = 0;
  }
}
