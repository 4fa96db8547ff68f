import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Answer, CollectorClient, type Input, type ListName, pagesOf, type Trust } from "../../client/index.js";
import { OgrtError } from "../../errors.js";
import { fileError } from "../../files/file-errors.js";
import { otherOwner } from "../../files/port-owner.js";
import type { QuestionName, QuestionRequest } from "../answers/registry.js";
import { proofOf } from "../http/secret.js";
import { addressInUrl } from "../shared/address.js";
import { type DataDirectory, readAddresses, readToken } from "../shared/data-directory.js";
import { openFetch } from "../shared/own-fetch.js";
import { answerFromFile, ClosedStore } from "./store-file.js";

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
const PROOF_TIMEOUT_MS = 10_000;
const MAX_PROOF_CHARACTERS = 4096;
/** Rows of one page from a store file: each page costs as much as the whole list, and the store is open meanwhile. */
const STORE_PAGE_ROWS = 20_000;

/** An answer, and for people where it comes from. */
export interface Answered<N extends QuestionName> {
  readonly answer: Answer<N>;
  readonly source: string;
  /** True while it is a page from a store that stays open until the last one: no collector can start. */
  readonly holdsStore: boolean;
  /** Why another than the expected source answered. */
  readonly notice?: string | undefined;
}

/** Asks a question. Collector and store file give the same answer. */
export async function ask<N extends QuestionName>(target: Target, name: N, input: Input<N>): Promise<Answered<N>> {
  const { server, notice } = await serverOf(target);
  if (server !== undefined) {
    return {
      answer: await new CollectorClient(server).ask(name, input),
      source: collectorAt(server),
      holdsStore: false,
    };
  }
  const store = storeOf(target);
  const request = { name, input } as QuestionRequest;
  const answer = (await answerFromFile(store, request).catch(sayWhenBusy(store, notice))) as Answer<N>;
  return { answer, source: storeAt(store), holdsStore: false, notice };
}

/** All pages of a list, from one state of the store. A store file stays open until the last one. */
export async function* pages<N extends ListName & QuestionName>(
  target: Target,
  name: N,
  input: Input<N>,
): AsyncGenerator<Answered<N>, void, void> {
  const { server, notice } = await serverOf(target);
  if (server !== undefined) {
    const source = collectorAt(server);
    for await (const answer of new CollectorClient(server).pages(name, input))
      yield { answer, source, holdsStore: false };
    return;
  }
  const path = storeOf(target);
  const store = await ClosedStore.open(path).catch(sayWhenBusy(path, notice));
  try {
    const ask = async (asked: Input<N>) => (await store.answer({ name, input: asked } as QuestionRequest)) as Answer<N>;
    for await (const answer of pagesOf(ask, input, STORE_PAGE_ROWS)) {
      yield { answer, source: storeAt(path), holdsStore: true, notice };
    }
  } finally {
    store.close();
  }
}

/** A collector that did not answer in time may have its store open. */
const sayWhenBusy = (path: string, notice: string | undefined) => (error: unknown) => {
  if (notice === undefined || !(error instanceof OgrtError) || error.code !== "STORE_BUSY") throw error;
  throw new OgrtError("STORE_BUSY", `${error.message.replace(`${path}: `, "")}; ${notice}`, { path, cause: error });
};

const collectorAt = ({ url }: Server) => `the collector at ${url}`;
const storeAt = (path: string) => `the store ${path}, on which no collector runs`;

function storeOf(target: Target): string {
  if (target.kind === "server") throw new Error("a target of kind server has no store file");
  return target.directory.store;
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
  const { server, notice } = await serverOf(target);
  if (server !== undefined) return server;
  if (target.kind === "server") throw new Error("a target of kind server has no data directory");
  const sentence = `no collector is running on this data directory${notice === undefined ? "" : `; ${notice}`}`;
  throw new OgrtError("COLLECTOR_UNREACHABLE", sentence, { path: target.directory.path });
}

/** The collector of a target, if one runs. */
interface FoundServer {
  readonly server: Server | undefined;
  /** What is at its address instead. */
  readonly notice?: string;
}

async function serverOf(target: Target): Promise<FoundServer> {
  if (target.kind === "data") return runningCollector(target.directory);
  const { url, tokenFile, caFile } = target;
  const trust = caFile === undefined ? undefined : { ca: readCa(caFile) };
  const server = { url, token: readToken(tokenFile), fetch: await fetchWith(trust), trust };
  const owner = ownerOf(new URL(url));
  if (owner !== undefined && (await listenerAt(server)) !== "collector") {
    const sentence = `${url} belongs to another user (uid ${owner}), and does not know the token in ${tokenFile}`;
    throw new OgrtError("COLLECTOR_FOREIGN", `${sentence}; give the address and the token of one collector`);
  }
  return { server };
}

/** The other person whose process listens at an address of this host. */
function ownerOf(url: URL): number | undefined {
  const { host, port } = addressInUrl(url);
  return otherOwner("tcp", host === "localhost" ? "127.0.0.1" : host, port);
}

const fetchWith = async (trust: Trust | undefined) =>
  trust === undefined ? fetch : (await openFetch({ connect: trust })).fetch;

function readCa(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw fileError("FILE_UNREADABLE", path, "the certificate authority cannot be read", cause);
  }
}

/**
 * The collector that has a data directory open. A killed collector leaves its address behind, and another process may
 * listen there now. The listener must prove that it has the token before the token is sent.
 */
async function runningCollector(directory: DataDirectory): Promise<FoundServer> {
  const addresses = readAddresses(directory);
  if (addresses === undefined || !URL.canParse(addresses.http)) return { server: undefined };
  const { http: url } = addresses;
  const token = readToken(directory.token);
  // The certificate may not contain the address used here; the proof identifies the collector.
  const trust: Trust | undefined = url.startsWith("https:") ? { rejectUnauthorized: false } : undefined;
  const server = { url, token, fetch: await fetchWith(trust), trust };
  const listener = await listenerAt(server);
  if (listener === "collector") return { server };
  if (listener === "none") return { server: undefined };
  if (listener === "silent") {
    const time = `${PROOF_TIMEOUT_MS / 1000} s`;
    return { server: undefined, notice: `its collector, if it is that at ${url}, did not answer within ${time}` };
  }
  const owner = ownerOf(new URL(url));
  const whose = owner === undefined ? "another process" : `another user (uid ${owner})`;
  return { server: undefined, notice: `its last address, ${url}, belongs to ${whose} now` };
}

/** What listens at an address on this host: a collector shows that it has the token, which it does not get for that. */
async function listenerAt({ url, token, fetch }: Server): Promise<"collector" | "other" | "silent" | "none"> {
  const address = new URL(url);
  const nonce = randomBytes(32).toString("hex");
  address.pathname = "/livez";
  address.search = `nonce=${nonce}`;
  try {
    const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(PROOF_TIMEOUT_MS) });
    const { proof } = JSON.parse(await limitedText(response)) as { proof?: unknown };
    return proof === proofOf(token, nonce, Number(address.port)) ? "collector" : "other";
  } catch (error) {
    if ((error as Error).name === "TimeoutError") return "silent";
    return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === "ECONNREFUSED" ? "none" : "other";
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
