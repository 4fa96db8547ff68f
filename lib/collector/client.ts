import { randomBytes } from "node:crypto";
<<<<<<< HEAD
import { readFileSync } from "node:fs";
=======
import { type Answer, CollectorClient, type Input } from "../client/index.js";
>>>>>>> 3451a25 (Answers: who is affected, jobs and their differences, software by use, what can go, what is odd, what is not seen)
import { OgrtError } from "../errors.js";
import type { QuestionName, QuestionRequest } from "./answers/registry.js";
import { type DataDirectory, readAddresses, readToken } from "./data-directory.js";
import { proofOf } from "./http/secret.js";
<<<<<<< HEAD
import { httpsFetch } from "./https-fetch.js";
import type { Done, Order } from "./maintenance.js";
import type { Answer, QueryRequest } from "./store/queries.js";
=======
>>>>>>> 3451a25 (Answers: who is affected, jobs and their differences, software by use, what can go, what is odd, what is not seen)
import { answerFromFile } from "./store/reader.js";

/** Where answers come from: a collector, or a data directory (through its collector while one runs). */
export type Target =
  | {
      readonly kind: "server";
      readonly url: string;
      readonly tokenFile: string;
      /** PEM file of the authority of its certificate, when it is none that Node knows. */
      readonly caFile?: string | undefined;
    }
  | { readonly kind: "data"; readonly directory: DataDirectory };

/** A collector on the same machine answers this fast, in milliseconds, or is not there. */
const LIVE_LIMIT = 2000;
const PROOF_ANSWER_LIMIT = 4096;

/** Asks one question; the answer has the same shape whoever gives it. */
<<<<<<< HEAD
export async function ask(target: Target, request: QueryRequest): Promise<Answer> {
  if (target.kind === "server") return askServer(serverOf(target), request);
  const running = await runningCollector(target.directory);
  if (running !== undefined) return askServer(running, request);
  return answerFromFile(target.directory.store, request);
}

/** Gives an order to a running collector. */
export async function command(target: Target, order: Order): Promise<Done> {
  return orderServer(await serverOrFail(target), order);
}

/** Asks a running collector for a link that lets a browser in, once. */
export async function loginLink(target: Target): Promise<LoginLink> {
  return request(await serverOrFail(target), "/api/v1/login-links", {});
}

/** A collector that may be asked. */
interface Server {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
}

function serverOf({ url, tokenFile, caFile }: Extract<Target, { kind: "server" }>): Server {
  return { url, token: readToken(tokenFile), fetch: caFile === undefined ? fetch : httpsFetch({ ca: readCa(caFile) }) };
}

function readCa(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new OgrtError("FILE_UNREADABLE", `the authority cannot be read: ${(cause as Error).message}`, {
      path,
      cause,
    });
  }
}

async function serverOrFail(target: Target): Promise<Server> {
  if (target.kind === "server") return serverOf(target);
  const running = await runningCollector(target.directory);
  if (running !== undefined) return running;
  throw new OgrtError("COLLECTOR_UNREACHABLE", "no collector is running on this data directory", {
    path: target.directory.path,
  });
=======
export async function ask<N extends QuestionName>(target: Target, name: N, input: Input<N>): Promise<Answer<N>> {
  const client = await clientOf(target);
  if (client !== undefined) return client.ask(name, input);
  if (target.kind === "server") throw new Error("a server without a client");
  const request = { name, input } as QuestionRequest;
  return (await answerFromFile(target.directory.store, request)) as Answer<N>;
}

/** A client of a running collector. */
export async function runningClient(target: Target): Promise<CollectorClient> {
  const client = await clientOf(target);
  if (client !== undefined) return client;
  throw new OgrtError("COLLECTOR_UNREACHABLE", "no collector is running on this data directory", {
    path: target.kind === "data" ? target.directory.path : undefined,
  });
}

/** Where a collector's live stream is, and the token for it. */
export async function runningCollectorOf(target: Target): Promise<{ url: string; token: string } | undefined> {
  if (target.kind === "server") return { url: target.url, token: readToken(target.tokenFile) };
  return runningCollector(target.directory);
}

async function clientOf(target: Target): Promise<CollectorClient | undefined> {
  const found = await runningCollectorOf(target);
  return found === undefined ? undefined : new CollectorClient(found);
>>>>>>> 3451a25 (Answers: who is affected, jobs and their differences, software by use, what can go, what is odd, what is not seen)
}

/**
 * The collector that has a data directory open. One that was killed leaves its addresses behind, and anybody may have
 * taken its port since: who listens there has to show that it has the token before it is sent.
 */
async function runningCollector(directory: DataDirectory): Promise<Server | undefined> {
  const addresses = readAddresses(directory);
  if (addresses === undefined || !URL.canParse(addresses.http)) return undefined;
  const token = readToken(directory.token);
  const url = new URL(addresses.http);
  const nonce = randomBytes(32).toString("hex");
  url.pathname = "/livez";
  url.search = `nonce=${nonce}`;
  // Its certificate has the name that others call it by; here the proof says who it is.
  const fetchHere = url.protocol === "https:" ? httpsFetch({ rejectUnauthorized: false }) : fetch;
  try {
    const response = await fetchHere(url, { redirect: "error", signal: AbortSignal.timeout(LIVE_LIMIT) });
    const { proof } = JSON.parse(await limitedText(response)) as { proof?: unknown };
    const expected = proofOf(token, nonce, Number(url.port));
    return proof === expected ? { url: addresses.http, token, fetch: fetchHere } : undefined;
  } catch {
    return undefined;
  }
}

/** The body of an answer, from somebody who is not known yet. */
async function limitedText(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > PROOF_ANSWER_LIMIT) throw new Error("the answer is too long");
  }
  return text;
}
<<<<<<< HEAD

function orderServer(server: Server, order: Order): Promise<Done> {
  const { name } = order;
  if (name === "verify") return request<Done>(server, "/api/v1/verify", {});
  if (name === "forget") return request<Done>(server, "/api/v1/forget", { user: order.user });
  return request<Done>(server, `/api/v1/${name}s`, { name: order.file });
}

function askServer(server: Server, query: QueryRequest): Promise<Answer> {
  return request<Answer>(server, pathOf(query), undefined);
}

/** @param order - body of a POST; a GET without one. */
async function request<T>({ url: server, token, fetch }: Server, path: string, order: object | undefined): Promise<T> {
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
      return `/api/v1/job?${new URLSearchParams({ id: parameters.job, limit: `${parameters.limit}` })}`;
    case "signatureJobs":
      return `/api/v1/signatures/${parameters.signature}/jobs?limit=${parameters.limit}`;
  }
}
=======
>>>>>>> 3451a25 (Answers: who is affected, jobs and their differences, software by use, what can go, what is odd, what is not seen)
