import { hostname } from "node:os";
import { type DataDirectory, prepareDataDirectory, removeAddresses, writeAddresses } from "./data-directory.js";
import { startHttp } from "./http/server.js";
import { Ingest } from "./ingest/ingest.js";
import type { OpenListener } from "./ingest/protocol.js";
import { type Accounting, Ledger } from "./ledger.js";
import { Pipeline } from "./pipeline/pipeline.js";
import { Committer } from "./store/committer.js";
import { Store } from "./store/store.js";
import { StreamHub } from "./stream/hub.js";
import { serveStream } from "./stream/websocket.js";
import { FILE_CACHE_DEFAULTS } from "./verification/file-cache.js";
import { Verifier } from "./verification/verifier.js";

interface Address {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
}

export interface CollectorOptions {
  readonly data: DataDirectory;
  readonly udp: readonly Address[];
  readonly tcp: readonly Address[];
  readonly http: Address;
  /** Milliseconds that a record waits at most before it is sent to the store. */
  readonly flushInterval: number;
  /** Directories below which reported files of this host are read. */
  readonly roots: readonly string[];
  /** Directories that are the same on every host. */
  readonly sharedRoots: readonly string[];
}

export interface Collector {
  readonly listeners: readonly OpenListener[];
  readonly url: string;
  readonly loginLink: string;
  readonly accounting: () => Accounting;
  /** Rejects when a part of the collector ended by itself. */
  readonly failed: Promise<never>;
  /** Takes what has arrived, stores it, ends. */
  readonly stop: () => Promise<void>;
}

/** Bytes of frames that may be anywhere between reception and store. This is what bounds the collector's memory. */
const CREDIT = 32 * 1024 * 1024;
/** A stop does not wait longer than this for verdicts, in milliseconds: they are `unchecked` then. */
const VERDICT_WAIT = 5000;

/** Starts everything: ingest → pipeline → store and stream, with HTTP beside them. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const token = prepareDataDirectory(options.data);
  const store = await Store.open(options.data.store);
  const ledger = new Ledger();
  const hub = new StreamHub();
  let problem: string | undefined;
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for it is told; nobody has to.
  failed.catch(() => {});

  const committer = new Committer((batch) => store.append(batch), store.state, options.flushInterval, {
    stored: (records, bytes) => {
      ledger.stored(records);
      ingest.refund(bytes);
    },
    dropped: (records, bytes, error) => {
      ledger.dropped("store-error", records);
      ingest.refund(bytes);
      process.stderr.write(`ogrt-collector: the store refused ${records} records: ${error.message}\n`);
    },
    waiting: (error) => {
      problem = error === undefined ? undefined : `the store does not take records: ${error.message}`;
    },
  });
  const scope = { host: hostname(), roots: options.roots, sharedRoots: options.sharedRoots };
  const verifier = new Verifier(scope, FILE_CACHE_DEFAULTS);
  const pipeline = new Pipeline(verifier, ledger, {
    record: (record, bytes) => {
      if (record.kind === "start") hub.publish(record);
      committer.add(record, bytes);
    },
    refund: (bytes) => ingest.refund(bytes),
  });
  for (const { uuid, kind, part } of store.state.seen) pipeline.remember(uuid, kind, part);
  const accounting = () => ledger.accounting(pipeline.pending + committer.pending);

  const ingest = new Ingest(
    {
      listeners: [
        ...options.udp.map((address) => ({ transport: "udp" as const, ...address })),
        ...options.tcp.map((address) => ({ transport: "tcp" as const, ...address })),
      ],
      credit: CREDIT,
    },
    {
      frames: (batch) => pipeline.accept(batch),
      lost: (counts) => ledger.lost(counts),
      crashed: (error) => fail(error),
    },
  );
  const closeInside = async () => {
    await ingest.stop();
    // Whatever still waits for a file after that gets its verdict without it.
    const giveUp = setTimeout(() => verifier.close(), VERDICT_WAIT);
    await pipeline.settled();
    clearTimeout(giveUp);
    verifier.close();
    await committer.drain();
    await store.close();
  };

  try {
    const listeners = await ingest.listeners;
    const http = await startHttp(options.http, token, {
      query: (request) => store.query(request),
      accounting,
      problems: () => (problem === undefined ? [] : [problem]),
    });
    const closeStream = await serveStream(http.app.server, http.doors, hub);
    writeAddresses(options.data, { pid: process.pid, http: http.url });
    return {
      listeners,
      url: http.url,
      loginLink: http.newLoginLink(),
      accounting,
      failed,
      stop: async () => {
        removeAddresses(options.data);
        closeStream();
        await http.close();
        await closeInside();
      },
    };
  } catch (error) {
    await closeInside();
    throw error;
  }
}
