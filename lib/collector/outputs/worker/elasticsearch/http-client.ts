import { readFile } from "node:fs/promises";
import { type OwnFetch, openFetch } from "../../../shared/own-fetch.js";

export interface HttpRequest {
  readonly method: "PUT" | "POST";
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

const REQUEST_TIMEOUT_MS = 60_000;
/** Expected answers are far smaller. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Requests to one server over a connection that stays open. */
export class HttpClient {
  readonly #url: string;
  readonly #caFile: string | undefined;
  readonly #timeoutMs: number;
  #connection: OwnFetch | undefined;

  /** @param timeoutMs - for a whole request. */
  constructor(url: string, caFile: string | undefined, timeoutMs = REQUEST_TIMEOUT_MS) {
    this.#url = url.replace(/\/$/, "");
    this.#caFile = caFile;
    this.#timeoutMs = timeoutMs;
  }

  async send(request: HttpRequest, authorization: string | undefined, signal: AbortSignal) {
    // AbortSignal.any does not serve here: Node 20 garbage-collects a timeout that only such a signal refers to, so that it
    // never fires, and leaks memory on a long-lived signal.
    const ending = new AbortController();
    const end = () => ending.abort(signal.reason);
    const late = () => ending.abort(new Error(`no answer within ${this.#timeoutMs / 1000} s`));
    const timeout = setTimeout(late, this.#timeoutMs);
    try {
      signal.throwIfAborted();
      signal.addEventListener("abort", end);
      this.#connection ??= await this.#open();
      const answer = await this.#connection.fetch(`${this.#url}${request.path}`, {
        method: request.method,
        body: request.body,
        headers: {
          "content-type": request.contentType,
          accept: "application/json",
          // The limit of an answer counts bytes on the wire.
          "accept-encoding": "identity",
          ...(authorization !== undefined && { authorization }),
        },
        redirect: "manual",
        signal: ending.signal,
      });
      return { status: answer.status, body: await answer.text() };
    } catch (error) {
      throw explained(ending.signal.aborted ? ending.signal.reason : (error as Error), new URL(this.#url));
    } finally {
      clearTimeout(timeout);
      signal.removeEventListener("abort", end);
    }
  }

  async close(): Promise<void> {
    await this.#connection?.close();
    this.#connection = undefined;
  }

  async #open(): Promise<OwnFetch> {
    const ca = this.#caFile === undefined ? undefined : await readFile(this.#caFile, "utf8");
    return openFetch({ maxResponseSize: MAX_ANSWER_BYTES, connect: { ...(ca !== undefined && { ca }) } });
  }
}

/** fetch reports every failure as "fetch failed", with the reason as cause. */
function explained(error: Error, { host }: URL): Error {
  const reason = (error.cause ?? error) as NodeJS.ErrnoException;
  return new Error(`${host}: ${reason.message || reason.code}`, { cause: error });
}
