import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Answer, CollectorClient, type Input, type Trust } from "../../client/index.js";
import { OgrtError } from "../../errors.js";
import type { QuestionName, QuestionRequest } from "../answers/registry.js";
import { proofOf } from "../http/secret.js";
import { type DataDirectory, readAddresses, readToken } from "../shared/data-directory.js";
import { openFetch } from "../shared/own-fetch.js";
import { answerFromFile } from "./store-file.js";

/** Source of answers: a collector, or a data directory (through its collector while one runs). */
export type Target =
  | {
      readonly kind: "server";
      readonly url: string;
      readonly tokenFile: string;
      /** PEM file with the authority of its certificate, when Node does not trust that one. */
      readonly caFile?: string | undefined;
    }
  | { readonly kind: "data"; readonly directory: DataDirectory };

/** Time that a collector on this machine has to prove that it runs. */
const PROOF_TIMEOUT_MS = 2000;
const MAX_PROOF_CHARACTERS = 4096;

/** Asks a question. Collector and store file give the same answer. */
export async function ask<N extends QuestionName>(target: Target, name: N, input: Input<N>): Promise<Answer<N>> {
  const server = await serverOf(target);
  if (server !== undefined) return new CollectorClient(server).ask(name, input);
  if (target.kind === "server") throw new Error("a target of kind server has no store file");
  const request = { name, input } as QuestionRequest;
  return (await answerFromFile(target.directory.store, request)) as Answer<N>;
}

/** How to reach a collector. */
export interface Server {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  /** Replaces Node's own authorities in the check of its certificate. */
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
  return { url, token: readToken(tokenFile), fetch: await fetchWith(trust), trust };
}

const fetchWith = async (trust: Trust | undefined) =>
  trust === undefined ? fetch : (await openFetch({ connect: trust })).fetch;

function readCa(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const sentence = `the certificate authority cannot be read: ${(cause as Error).message}`;
    throw new OgrtError("FILE_UNREADABLE", sentence, { path, cause });
  }
}

/**
 * The collector that has a data directory open. A killed collector leaves its address behind, and another process may
 * listen there now. The listener must prove that it has the token before the token is sent.
 */
async function runningCollector(directory: DataDirectory): Promise<Server | undefined> {
  const addresses = readAddresses(directory);
  if (addresses === undefined || !URL.canParse(addresses.http)) return undefined;
  const token = readToken(directory.token);
  const url = new URL(addresses.http);
  const nonce = randomBytes(32).toString("hex");
  url.pathname = "/livez";
  url.search = `nonce=${nonce}`;
  // The certificate may not contain the address used here; the proof identifies the collector.
  const trust: Trust | undefined = url.protocol === "https:" ? { rejectUnauthorized: false } : undefined;
  const fetchHere = await fetchWith(trust);
  try {
    const response = await fetchHere(url, { redirect: "error", signal: AbortSignal.timeout(PROOF_TIMEOUT_MS) });
    const { proof } = JSON.parse(await limitedText(response)) as { proof?: unknown };
    const expected = proofOf(token, nonce, Number(url.port));
    return proof === expected ? { url: addresses.http, token, fetch: fetchHere, trust } : undefined;
  } catch {
    return undefined;
  }
}

/** The body of an answer from a listener that has not proved anything yet. */
async function limitedText(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_PROOF_CHARACTERS) throw new Error("the answer is too long");
  }
  return text;
}
