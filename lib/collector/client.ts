import { OgrtError } from "../errors.js";
import { type DataDirectory, readAddresses, readToken } from "./data-directory.js";
import type { Done, Order } from "./maintenance.js";
import type { Answer, QueryRequest } from "./store/queries.js";
import { answerFromFile } from "./store/reader.js";

/** Where answers come from: a collector, or a data directory (through its collector while one runs). */
export type Target =
  | { readonly kind: "server"; readonly url: string; readonly tokenFile: string }
  | { readonly kind: "data"; readonly directory: DataDirectory };

/** A collector on the same machine answers this fast, in milliseconds, or is not there. */
const LIVE_LIMIT = 2000;
const ANSWER_LIMIT = 60_000;
/** An order may rewrite the whole store. */
const ORDER_LIMIT = 3_600_000;

/** Asks one question; the answer has the same shape whoever gives it. */
export async function ask(target: Target, request: QueryRequest): Promise<Answer> {
  if (target.kind === "server") return askServer(target.url, readToken(target.tokenFile), request);
  const { directory } = target;
  const running = readAddresses(directory);
  if (running !== undefined && (await isLive(running.http))) {
    return askServer(running.http, readToken(directory.token), request);
  }
  return answerFromFile(directory.store, request);
}

async function isLive(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL("/livez", url), { signal: AbortSignal.timeout(LIVE_LIMIT) })).ok;
  } catch {
    return false;
  }
}

/** Gives an order to a running collector. */
export async function command(target: Target, order: Order): Promise<Done> {
  if (target.kind === "server") return orderServer(target.url, readToken(target.tokenFile), order);
  const { directory } = target;
  const running = readAddresses(directory);
  if (running !== undefined && (await isLive(running.http))) {
    return orderServer(running.http, readToken(directory.token), order);
  }
  throw new OgrtError("COLLECTOR_UNREACHABLE", "no collector is running on this data directory", {
    path: directory.path,
  });
}

function orderServer(server: string, token: string, order: Order): Promise<Done> {
  const { name } = order;
  if (name === "verify") return request<Done>(server, token, "/api/v1/verify", {});
  if (name === "forget") return request<Done>(server, token, "/api/v1/forget", { user: order.user });
  return request<Done>(server, token, `/api/v1/${name}s`, { name: order.file });
}

function askServer(server: string, token: string, query: QueryRequest): Promise<Answer> {
  return request<Answer>(server, token, pathOf(query), undefined);
}

/** @param order - body of a POST; a GET without one. */
async function request<T>(server: string, token: string, path: string, order: object | undefined): Promise<T> {
  let response: Response;
  let body: unknown;
  try {
    const url = new URL(path, server);
    response = await fetch(url, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(order !== undefined && { "content-type": "application/json" }),
      },
      ...(order !== undefined && { method: "POST", body: JSON.stringify(order) }),
      redirect: "error",
      signal: AbortSignal.timeout(order === undefined ? ANSWER_LIMIT : ORDER_LIMIT),
    });
    body = await response.json();
  } catch (cause) {
    const reason = (cause as Error).cause instanceof Error ? ((cause as Error).cause as Error) : (cause as Error);
    throw new OgrtError("COLLECTOR_UNREACHABLE", `no answer from ${server}: ${reason.message}`, {
      value: server,
      cause,
    });
  }
  if (response.ok) return body as T;
  const { code, message, parameter } = body as { code?: string; message?: string; parameter?: string };
  if (code === "INVALID_PARAMETER") throw new OgrtError(code, `${message}`, { value: parameter });
  throw new OgrtError("COLLECTOR_UNREACHABLE", `${server} refused: ${message ?? response.statusText}`, { value: code });
}

function pathOf({ name, parameters }: QueryRequest): string {
  switch (name) {
    case "processes": {
      const query = new URLSearchParams();
      for (const [key, value] of Object.entries(parameters)) if (value !== undefined) query.set(key, `${value}`);
      return `/api/v1/processes?${query}`;
    }
    case "job":
      return `/api/v1/jobs/${encodeURIComponent(parameters.job)}?limit=${parameters.limit}`;
    case "signatureJobs":
      return `/api/v1/signatures/${parameters.signature}/jobs?limit=${parameters.limit}`;
  }
}
