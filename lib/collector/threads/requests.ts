import { fromPlainError, type PlainError, toPlainError } from "./plain-error.js";

/*
 * Requests between threads. A protocol is an interface with a member for each request: `name: { request: …; result: … }`.
 * Both ends are typed by it: a Requester sends requests, Handlers answer them.
 */

type Protocol<P> = { readonly [N in keyof P]: { readonly request: unknown; readonly result: unknown } };

export type Request<P extends Protocol<P>> = {
  readonly [N in keyof P]: {
    readonly kind: "request";
    readonly id: number;
    readonly name: N;
    readonly request: P[N]["request"];
  };
}[keyof P];

export type Reply = { readonly kind: "reply"; readonly id: number } & (
  | { readonly result: unknown }
  | { readonly error: PlainError }
);

export type Handlers<P extends Protocol<P>> = {
  readonly [N in keyof P]: (request: P[N]["request"]) => Promise<P[N]["result"]>;
};

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Sends requests to a thread and matches its replies by number. */
export class Requester<P extends Protocol<P>> {
  readonly #post: (request: Request<P>) => void;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #failure: Error | undefined;

  constructor(post: (request: Request<P>) => void) {
    this.#post = post;
  }

  ask<N extends keyof P>(name: N, request: P[N]["request"]): Promise<P[N]["result"]> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const id = ++this.#lastId;
    return new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#post({ kind: "request", id, name, request });
    });
  }

  receive(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ("error" in reply) pending?.reject(fromPlainError(reply.error));
    else pending?.resolve(reply.result);
  }

  /** Rejects all pending requests and later ones: the thread has ended. */
  fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

/** Runs the handler of a request; an error becomes part of the reply. */
export function replyTo<P extends Protocol<P>>(request: Request<P>, handlers: Handlers<P>): Promise<Reply> {
  const { id, name } = request;
  return handlers[name](request.request).then(
    (result) => ({ kind: "reply", id, result }),
    (error: unknown) => ({ kind: "reply", id, error: toPlainError(error) }),
  );
}
