import type { MessagePort } from "node:worker_threads";
import { Requester } from "../threads/requests.js";
import type { FeedRequests, FromFeed } from "./feed-protocol.js";

/** Reads the store's events over a port to the store thread. */
export class EventSource {
  readonly ask: Requester<FeedRequests>["ask"];
  /** Called when lists that were read before are stale. */
  onChange: () => void = () => {};
  readonly #port: MessagePort;
  #head = 0;
  #wake: (() => void)[] = [];

  constructor(port: MessagePort) {
    const requests = new Requester<FeedRequests>((request) => port.postMessage(request));
    this.ask = (name, request) => requests.ask(name, request);
    this.#port = port;
    port.on("message", (message: FromFeed) => {
      if (message.kind === "reply") requests.receive(message);
      else if (message.kind === "head") this.raiseHead(message.sequence);
      else this.onChange();
    });
  }

  /** The last known sequence of the store. */
  get head(): number {
    return this.#head;
  }

  raiseHead(sequence: number): void {
    if (sequence <= this.#head) return;
    this.#head = sequence;
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** Resolves when the store has an event after a cursor. */
  async waitForEvent(after: number): Promise<void> {
    if (this.#head <= after) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  close(): void {
    this.#port.close();
  }
}
