import { OgrtError } from "../errors.js";
import { OPERATIONS, Operations } from "./generated/operations.js";
import type { Answer, Input, OperationName } from "./operations.js";
import { type Refusal, refusalError } from "./refusal.js";

export interface ClientOptions {
  /** Base URL of the collector, such as `http://127.0.0.1:7980`. */
  readonly url: string;
  /** The token in the collector's data directory. A browser with a session needs none. */
  readonly token?: string | undefined;
  /** Time limit of a GET request, in milliseconds; 60,000 by default. */
  readonly timeout?: number;
  /** Replaces the platform's own `fetch`, for example to trust another certificate authority. */
  readonly fetch?: typeof fetch;
}

const GET_TIMEOUT_MS = 60_000;
/** An admin operation may rewrite the whole store. */
const POST_TIMEOUT_MS = 3_600_000;

/**
 * Sends requests to a collector. Each operation of its OpenAPI file is a method, with the parameters and the answer
 * that the file describes. All methods throw as {@link CollectorClient.ask} does.
 *
 * @example
 * ```ts
 * const client = new CollectorClient({ url: "http://127.0.0.1:7980", token });
 * const { users } = await client.affectedUsers({ soname: "libblas.so.3", since: "2026-01-01" });
 * ```
 */
export class CollectorClient extends Operations {
  readonly #url: string;
  readonly #token: string | undefined;
  readonly #timeout: number;
  readonly #fetch: typeof fetch;

  constructor({ url, token, timeout = GET_TIMEOUT_MS, fetch = globalThis.fetch }: ClientOptions) {
    super();
    this.#url = url;
    this.#token = token;
    this.#timeout = timeout;
    // A browser's fetch must not be called as a method.
    this.#fetch = (...args) => fetch(...args);
  }

  /**
   * Requests an operation by its name.
   *
   * @throws `OgrtError` with the code that the collector answered; COLLECTOR_REFUSED when this release does not know
   * that code; COLLECTOR_UNREACHABLE when no collector answered. INVALID_PARAMETER has the parameter's name as `value`.
   */
  async ask<N extends OperationName>(name: N, input: Input<N>): Promise<Answer<N>> {
    const { method, path } = OPERATIONS[name];
    if (method === "post") return this.#request(path, POST_TIMEOUT_MS, JSON.stringify(input));
    let target: string = path;
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(input as Record<string, unknown>)) {
      if (value === undefined) continue;
      const inPath = `{${key}}`;
      if (target.includes(inPath)) target = target.replace(inPath, () => encodeURIComponent(`${value}`));
      else query.set(key, `${value}`);
    }
    return this.#request(query.size === 0 ? target : `${target}?${query}`, this.#timeout);
  }

  /** @param json - the body of a POST; without it, the request is a GET. */
  async #request<T>(path: string, timeoutMs: number, json?: string): Promise<T> {
    const authorization = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    const type = json === undefined ? {} : { "content-type": "application/json" };
    let response: Response;
    let body: unknown;
    try {
      response = await this.#fetch(new URL(path, this.#url), {
        ...(json !== undefined && { method: "POST", body: json }),
        headers: { ...authorization, ...type },
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      body = await response.json();
    } catch (cause) {
      const { cause: inner, message } = cause as Error;
      const reason = inner instanceof Error ? inner.message : message;
      const sentence = `no answer from ${this.#url}: ${reason}`;
      throw new OgrtError("COLLECTOR_UNREACHABLE", sentence, { value: this.#url, cause });
    }
    if (response.ok) return body as T;
    throw refusalError(this.#url, response.status, body as Refusal | null);
  }
}
