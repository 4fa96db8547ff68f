import { readFile } from "node:fs/promises";
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export interface HttpRequest {
  readonly method: "GET" | "PUT" | "POST";
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

const REQUEST_TIMEOUT_MS = 60_000;
/** Expected answers are far smaller. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Requests to one server over a connection that stays open. Node's fetch has no option for another certificate authority. */
export class HttpClient {
  readonly #base: URL;
  readonly #caFile: string | undefined;
  readonly #limit: number;
  #agent: PlainAgent | TlsAgent | undefined;

  /** @param limit - for a whole request, in milliseconds. */
  constructor(url: string, caFile: string | undefined, limit = REQUEST_TIMEOUT_MS) {
    this.#limit = limit;
    this.#base = new URL(url);
    this.#caFile = caFile;
  }

  async send(request: HttpRequest, authorization: string | undefined, signal: AbortSignal): Promise<HttpAnswer> {
    const isTls = this.#base.protocol === "https:";
    if (this.#agent === undefined) {
      const ca = this.#caFile === undefined ? undefined : await readFile(this.#caFile);
      this.#agent = isTls ? new TlsAgent({ keepAlive: true, ca }) : new PlainAgent({ keepAlive: true });
    }
    // AbortSignal.any does not serve here: Node 20 garbage-collects a timeout that only such a signal refers to, so that it
    // never fires, and leaks memory on a long-lived signal.
    const ending = new AbortController();
    const end = () => ending.abort(signal.reason);
    const late = () => ending.abort(new Error(`no answer within ${this.#limit / 1000} s`));
    const limit = setTimeout(late, this.#limit);
    const options = {
      method: request.method,
      agent: this.#agent,
      signal: ending.signal,
      headers: {
        "content-type": request.contentType,
        "content-length": Buffer.byteLength(request.body),
        accept: "application/json",
        ...(authorization !== undefined && { authorization }),
      },
    };
    const url = new URL(this.#base);
    const [path = "", query = ""] = request.path.split("?", 2);
    url.pathname = `${url.pathname.replace(/\/$/, "")}${path}`;
    url.search = query;
    try {
      signal.throwIfAborted();
      signal.addEventListener("abort", end);
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const sent = (isTls ? tlsRequest : plainRequest)(url, options, resolve);
        sent.on("error", reject);
        sent.end(request.body);
      });
      return { status: answer.statusCode ?? 0, body: await read(answer) };
    } catch (error) {
      throw explained(ending.signal.aborted ? ending.signal.reason : (error as Error), url);
    } finally {
      clearTimeout(limit);
      signal.removeEventListener("abort", end);
    }
  }

  close(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }
}

async function read(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_ANSWER_BYTES) throw new Error(`answered more than ${MAX_ANSWER_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function explained(error: Error, { host }: URL): Error {
  return new Error(`${host}: ${error.message || (error as NodeJS.ErrnoException).code}`, { cause: error });
}
