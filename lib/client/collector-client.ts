import { OgrtError } from "../errors.js";
import { didYouMean } from "../shared/suggestion.js";
import { OPERATIONS, Operations } from "./generated/operations.js";
import type { Answer, Input, OperationName } from "./operations.js";
import { originOf } from "./origin.js";
import { type ListName, pagesOf } from "./pages.js";
import { type Refusal, refusalError } from "./refusal.js";

export interface ClientOptions {
  /** Base URL of the collector, such as `http://127.0.0.1:7972`. */
  readonly url: string | URL;
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
 * const client = new CollectorClient({ url: "http://127.0.0.1:7972", token });
 * const { users } = await client.affectedUsers({ soname: "libblas.so.3", since: "2026-01-01" });
 * ```
 */
export class CollectorClient extends Operations {
  readonly #url: string;
  readonly #token: string | undefined;
  readonly #timeout: number;
  readonly #fetch: typeof fetch;

  /** @throws TypeError when `url` is not the URL of an HTTP server. */
  constructor({ url, token, timeout = GET_TIMEOUT_MS, fetch = globalThis.fetch }: ClientOptions) {
    super();
    this.#url = originOf(url);
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
   * TypeError for a name that no operation has.
   */
  async ask<N extends OperationName>(name: N, input: Input<N>): Promise<Answer<N>> {
    if (!Object.hasOwn(OPERATIONS, name)) {
      throw new TypeError(`no operation of a collector: ${name}${didYouMean(name, Object.keys(OPERATIONS))}`);
    }
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

  /**
   * All pages of a list, in an order and state that nothing changes meanwhile: each row is on exactly one page. The next page
   * is asked for when the one before has been taken; the collector keeps its snapshot for five minutes in between.
   *
   * @example
   * ```ts
   * for await (const { users } of client.pages("affectedUsers", { soname: "libblas.so.3" })) inform(users);
   * ```
   * @throws as {@link CollectorClient.ask}; CURSOR_EXPIRED when the snapshot ended before the last page.
   */
  pages<N extends ListName>(name: N, input: Input<N>): AsyncGenerator<Answer<N>, void, void> {
    return pagesOf((asked) => this.ask(name, asked), input);
  }

  /** @param json - the body of a POST; without it, the request is a GET. */
  async #request<T>(path: string, timeoutMs: number, json?: string): Promise<T> {
    const authorization = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    const type = json === undefined ? {} : { "content-type": "application/json" };
    const signal = AbortSignal.timeout(timeoutMs);
    const send = () =>
      this.#fetch(new URL(path, this.#url), {
        ...(json !== undefined && { method: "POST", body: json }),
        headers: { ...authorization, ...type },
        redirect: "error",
        signal,
      });
    let response: Response;
    let body: unknown;
    try {
      response = await send().catch((error) => {
        if (json !== undefined || !wasClosed(error)) throw error;
        return send();
      });
      body = await response.json();
    } catch (cause) {
      const sentence = `no answer from ${this.#url}: ${reasonOf(cause as Error)}`;
      throw new OgrtError("COLLECTOR_UNREACHABLE", sentence, { value: this.#url, cause });
    }
    if (response.ok) return body as T;
    throw refusalError(this.#url, response.status, body as Refusal | null);
  }
}

/** What other servers do than one that speaks HTTP, or HTTPS, as the URL says. */
const OTHER_SERVERS: Readonly<Record<string, string>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: "the server there has no TLS; try http://",
  UND_ERR_SOCKET: "the server there closed the connection; try https://, or the address that the collector prints",
};

function reasonOf({ cause, message }: Error): string {
  if (!(cause instanceof Error)) return message;
  return OTHER_SERVERS[`${(cause as { code?: unknown }).code}`] ?? cause.message;
}

/** Whether the collector closed a connection that was kept just when it was used again. Browsers try again by themselves. */
const wasClosed = (error: Error) => (error.cause as { code?: unknown } | undefined)?.code === "UND_ERR_SOCKET";
