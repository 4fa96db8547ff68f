import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Answer, CollectorClient, type Input, type Trust } from "../../client/index.js";
import { OgrtError } from "../../errors.js";
import type { QuestionName, QuestionRequest } from "../answers/registry.js";
import { proofOf } from "../http/secret.js";
import { type DataDirectory, readAddresses, readToken } from "../shared/data-directory.js";
import { httpsFetch } from "./https-fetch.js";
import { answerFromFile } from "./store-file.js";

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
export async function ask<N extends QuestionName>(target: Target, name: N, input: Input<N>): Promise<Answer<N>> {
  const server = await serverOf(target);
  if (server !== undefined) return new CollectorClient(server).ask(name, input);
  if (target.kind === "server") throw new Error("a server is always asked");
  const request = { name, input } as QuestionRequest;
  return (await answerFromFile(target.directory.store, request)) as Answer<N>;
}

/** A client of a running collector. */
export async function runningClient(target: Target): Promise<CollectorClient> {
  return new CollectorClient(await runningServer(target));
}

/** A collector that may be asked. */
export interface Server {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  /** Whom its certificate is checked against, where not by Node's own authorities. */
  readonly trust?: Trust | undefined;
}

/** @throws {@link OgrtError} COLLECTOR_UNREACHABLE when none is running on the data directory. */
export async function runningServer(target: Target): Promise<Server> {
  const server = await serverOf(target);
  if (server !== undefined) return server;
  throw new OgrtError("COLLECTOR_UNREACHABLE", "no collector is running on this data directory", {
    path: target.kind === "data" ? target.directory.path : undefined,
  });
}

async function serverOf(target: Target): Promise<Server | undefined> {
  if (target.kind === "data") return runningCollector(target.directory);
  const { url, tokenFile, caFile } = target;
  const trust = caFile === undefined ? undefined : { ca: readCa(caFile) };
  return { url, token: readToken(tokenFile), fetch: trust === undefined ? fetch : httpsFetch(trust), trust };
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
  const trust: Trust | undefined = url.protocol === "https:" ? { rejectUnauthorized: false } : undefined;
  const fetchHere = trust === undefined ? fetch : httpsFetch(trust);
  try {
    const response = await fetchHere(url, { redirect: "error", signal: AbortSignal.timeout(LIVE_LIMIT) });
    const { proof } = JSON.parse(await limitedText(response)) as { proof?: unknown };
    const expected = proofOf(token, nonce, Number(url.port));
    return proof === expected ? { url: addresses.http, token, fetch: fetchHere, trust } : undefined;
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
