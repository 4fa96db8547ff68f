import type { MessagePort } from "node:worker_threads";
import { type ErrorCode, OgrtError } from "../../../errors.js";
import type { FeedName, FeedRequest, FeedRequests, FromFeed } from "../../store/feed-protocol.js";

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** The store's events, over a port to the store thread. */
export class EventSource {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #head = 0;
  #wake: (() => void)[] = [];
  /** Told when what was read before may not be used any more. */
  onChange: () => void = () => {};

  constructor(port: MessagePort) {
    this.#port = port;
    port.on("message", (message: FromFeed) => this.#receive(message));
  }

  /** The last sequence that the store is known to have. */
  get head(): number {
    return this.#head;
  }

  ask<N extends FeedName>(name: N, request: FeedRequests[N]["request"]): Promise<FeedRequests[N]["result"]> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#port.postMessage({ id, request: { name, ...request } as FeedRequest });
    });
  }

  /** Raises the head. */
  reached(sequence: number): void {
    if (sequence <= this.#head) return;
    this.#head = sequence;
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** Resolves when there is something after a place. */
  async news(after: number): Promise<void> {
    if (this.#head <= after) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  close(): void {
    this.#port.close();
  }

  #receive(message: FromFeed): void {
    if (message.kind === "head") {
      this.reached(message.sequence);
      return;
    }
    if (message.kind === "changed") {
      this.onChange();
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === "done") waiting?.resolve(message.result as never);
    else waiting?.reject(new OgrtError((message.error.code ?? "STORE_UNREADABLE") as ErrorCode, message.error.message));
  }
}
