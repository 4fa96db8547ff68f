import { ERRORS, type ErrorCode, OgrtError } from "../errors.js";
import { OPERATIONS } from "./generated/operations.js";
import type { Answer, Input, OperationName } from "./operations.js";

export interface ClientOptions {
  /** Base URL of the collector, as `http://127.0.0.1:7980`. */
  readonly url: string;
  /** The data directory's token; a browser that was let in needs none. */
  readonly token?: string | undefined;
  /** Milliseconds that an answer may take. */
  readonly timeout?: number;
  /** In the place of the platform's own, for example with another trust in certificates. */
  readonly fetch?: typeof fetch;
}

/** Body of an answer that reports an error; another program may answer anything. */
interface Refusal {
  readonly code?: string;
  readonly message?: string;
  readonly parameter?: string;
}

const TIMEOUT = 60_000;
/** An order may rewrite the whole store. */
const ORDER_TIMEOUT = 3_600_000;

/**
 * Asks a collector. Each operation of its OpenAPI file is a method; parameters and answers are typed from that file.
 *
 * @example
 * ```ts
 * const client = new CollectorClient({ url: "http://127.0.0.1:7980", token });
 * const { users } = await client.affectedUsers({ soname: "libblas.so.3", since: "2026-01-01" });
 * ```
 */
export class CollectorClient {
  readonly #url: string;
  readonly #token: string | undefined;
  readonly #timeout: number;
  readonly #fetch: typeof fetch;

  constructor({ url, token, timeout = TIMEOUT, fetch = globalThis.fetch }: ClientOptions) {
    this.#url = url;
    this.#token = token;
    this.#timeout = timeout;
    // Browsers' own wants to be called without an object.
    this.#fetch = (...args) => fetch(...args);
  }

  overview = this.#operation("overview");
  affected = this.#operation("affected");
  affectedJobs = this.#operation("affectedJobs");
  affectedUsers = this.#operation("affectedUsers");
  affectedHosts = this.#operation("affectedHosts");
  affectedProcesses = this.#operation("affectedProcesses");
  processes = this.#operation("processes");
  process = this.#operation("process");
  jobs = this.#operation("jobs");
  job = this.#operation("job");
  jobDifference = this.#operation("jobDifference");
  software = this.#operation("software");
  unusedBuilds = this.#operation("unusedBuilds");
  unusedModules = this.#operation("unusedModules");
  userPrograms = this.#operation("userPrograms");
  oddLibraries = this.#operation("oddLibraries");
  oddEnvironments = this.#operation("oddEnvironments");
  oddObjects = this.#operation("oddObjects");
  coverage = this.#operation("coverage");
  coverageHosts = this.#operation("coverageHosts");
  coverageJobs = this.#operation("coverageJobs");
  coverageOfJobs = this.#operation("coverageOfJobs");
  accounting = this.#operation("accounting");
  stats = this.#operation("stats");
  backup = this.#operation("backup");
  export = this.#operation("export");
  forget = this.#operation("forget");
  verify = this.#operation("verify");
  loginLink = this.#operation("loginLink");

  /**
   * Any operation by its name.
   *
   * @throws `OgrtError` COLLECTOR_UNREACHABLE, or INVALID_PARAMETER with the parameter's name as value.
   */
  async ask<N extends OperationName>(name: N, input: Input<N>): Promise<Answer<N>> {
    const { method, path } = OPERATIONS[name];
    const rest = Object.entries(input as Record<string, unknown>).filter(([, value]) => value !== undefined);
    if (method === "post") return this.#request(path, rest.length === 0 ? {} : Object.fromEntries(rest));
    const query = new URLSearchParams();
    let target: string = path;
    for (const [key, value] of rest) {
      const place = `{${key}}`;
      if (target.includes(place)) target = target.replace(place, () => encodeURIComponent(`${value}`));
      else query.set(key, `${value}`);
    }
    return this.#request(rest.length === 0 ? target : `${target}?${query}`, undefined);
  }

  #operation<N extends OperationName>(name: N): (input: Input<N>) => Promise<Answer<N>> {
    return (input) => this.ask(name, input);
  }

  /** @param order - body of a POST; a GET without one. */
  async #request<T>(path: string, order: object | undefined): Promise<T> {
    let response: Response;
    let body: unknown;
    try {
      response = await this.#fetch(new URL(path, this.#url), {
        headers: {
          ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
          ...(order !== undefined && { "content-type": "application/json" }),
        },
        ...(order !== undefined && { method: "POST", body: JSON.stringify(order) }),
        redirect: "error",
        signal: AbortSignal.timeout(order === undefined ? this.#timeout : ORDER_TIMEOUT),
      });
      body = await response.json();
    } catch (cause) {
      const reason = (cause as Error).cause instanceof Error ? ((cause as Error).cause as Error) : (cause as Error);
      throw new OgrtError("COLLECTOR_UNREACHABLE", `no answer from ${this.#url}: ${reason.message}`, {
        value: this.#url,
        cause,
      });
    }
    if (response.ok) return body as T;
    throw this.#refusal(response.status, body as Refusal | null);
  }

  /** The collector's own error, when this release knows its code. */
  #refusal(status: number, refusal: Refusal | null): OgrtError {
    const { code = "", message = "without a reason", parameter } = refusal ?? {};
    if (isServerCode(code)) return new OgrtError(code, message, { value: parameter });
    return new OgrtError("COLLECTOR_REFUSED", `${this.#url} answered ${status} ${code}: ${message}`, { value: code });
  }
}

/** Only codes with an HTTP status come from a collector. */
function isServerCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code) && "status" in ERRORS[code as ErrorCode];
}
