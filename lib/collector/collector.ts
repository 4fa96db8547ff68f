import { type DataDirectory, prepareDataDirectory, removeAddresses, writeAddresses } from "./data-directory.js";
import { type HttpOptions, startHttp } from "./http/server.js";
import { serveWebSockets } from "./http/websockets.js";
import { framesOf } from "./ingest/batch.js";
import { Ingest } from "./ingest/ingest.js";
import { SocketOrigin } from "./ingest/origin.js";
import type { Listener, OpenListener } from "./ingest/protocol.js";
import { ingestEndpoint } from "./ingest/websocket.js";
import { type Accounting, Ledger } from "./ledger.js";
import { type Done, Maintenance, type Order } from "./maintenance.js";
import { catalogueSource } from "./names/catalogue-source.js";
import { nameSoftware } from "./names/decorate.js";
import { registerSource } from "./names/register-source.js";
import { SoftwareNames } from "./names/software-names.js";
import { Pipeline, type PipelineParts } from "./pipeline/pipeline.js";
import { type RedactionRules, Redactor } from "./pipeline/redaction.js";
import { UserNames } from "./pipeline/user-names.js";
import { Committer } from "./store/committer.js";
import { Store } from "./store/store.js";
import { streamEndpoint } from "./stream/endpoint.js";
import { StreamHub } from "./stream/hub.js";
import { Tickets } from "./tickets.js";
import { FILE_CACHE_DEFAULTS } from "./verification/file-cache.js";
import { settleOpen } from "./verification/settle.js";
import { Verifier } from "./verification/verifier.js";

export interface CollectorOptions {
  readonly data: DataDirectory;
  readonly listeners: readonly Listener[];
  readonly http: HttpOptions;
  /** Frames a second that one address may send in the long run; any number when undefined. */
  readonly senderRate?: number | undefined;
  /** Milliseconds that a record waits at most before it is sent to the store. */
  readonly flushInterval: number;
  /** This host's name as its processes report it. */
  readonly hostName: string;
  /** Directories below which reported files of this host are read. */
  readonly roots: readonly string[];
  /** Directories that are the same on every host. */
  readonly sharedRoots: readonly string[];
  /** Directories, links resolved, below which nothing is looked at. */
  readonly excluded: readonly string[];
  readonly redaction: RedactionRules;
  /** Directories of ogrt-stamp's register and files of ogrt-inspect's catalogue, for names of signatures. */
  readonly registers: readonly string[];
  readonly catalogues: readonly string[];
  /** Days that processes are kept; for ever when undefined. */
  readonly keepDays: number | undefined;
  /** Told what went wrong where nobody else can be. */
  readonly onProblem: (sentence: string) => void;
}

export interface Collector {
  readonly listeners: readonly OpenListener[];
  readonly url: string;
  readonly loginLink: string;
  readonly accounting: () => Accounting;
  /** Rejects when a part of the collector ended by itself. */
  readonly failed: Promise<never>;
  /** Reads the files of certificate and key again. */
  readonly reloadCertificate: () => void;
  /** Takes what has arrived, stores it, ends. */
  readonly stop: () => Promise<void>;
}

/** Bytes of frames that may be anywhere between reception and store; beyond it streams wait and datagrams are dropped. */
const CREDIT = 32 * 1024 * 1024;
/** A stop does not wait longer than this for verdicts, in milliseconds: they are `unchecked` then. */
const VERDICT_WAIT = 5000;
/** How often it is looked for processes that are too old, in milliseconds. */
const RETAIN_EVERY = 3_600_000;

/** Whoever was quiet may send as much at once as else in so many seconds. */
const SENDER_BURST = 10;

const senderRate = (perSecond: number | undefined) =>
  perSecond === undefined ? undefined : { perSecond, burst: perSecond * SENDER_BURST };

/** Starts everything: ingest → pipeline → store and stream, with HTTP beside them. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const token = prepareDataDirectory(options.data);
  const names = new SoftwareNames(
    [...options.registers.map(registerSource), ...options.catalogues.map(catalogueSource)],
    options.onProblem,
  );
  await names.start();
  const store = await Store.open(options.data.store);
  const ledger = new Ledger();
  const tickets = new Tickets();
  const hub = new StreamHub(names);
  let problem: string | undefined;
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for it is told; nobody has to.
  failed.catch(() => {});
  store.failed.catch(fail);

  const committer = new Committer((batch, number) => store.append(batch, number), store.state, options.flushInterval, {
    settled: (ticket, fate) => {
      if (fate === "kept") ledger.stored(1);
      else ledger.dropped("store-error");
      tickets.settle(ticket, fate);
    },
    refused: (records, error) => {
      // A record that was refused alone would be refused again.
      if (records > 1) pipeline.forgetRepeats();
      options.onProblem(`the store refused ${records === 1 ? "a record" : `${records} records`}: ${error.message}`);
    },
    waiting: (error) => {
      problem = error === undefined ? undefined : `the store does not take records: ${error.message}`;
    },
  });
  const scope = {
    host: options.hostName,
    roots: options.roots,
    sharedRoots: options.sharedRoots,
    excluded: options.excluded,
  };
  const verifier = new Verifier(scope, FILE_CACHE_DEFAULTS);
  const parts: PipelineParts = {
    verifier,
    redactor: new Redactor(options.redaction),
    users: new UserNames(),
    tickets,
    ledger,
  };
  const pipeline = new Pipeline(parts, (record, ticket) => {
    if (record.kind === "start") hub.publish(record, ticket.bytes);
    committer.add(record, ticket);
  });
  for (const { uuid, kind, part } of store.state.seen) pipeline.remember(uuid, kind, part);
  const accounting = () => ledger.accounting(tickets.pending);

  const ingest = new Ingest(
    { listeners: options.listeners, credit: CREDIT, senderRate: senderRate(options.senderRate) },
    {
      frames: (batch) => {
        for (const frame of framesOf(batch)) pipeline.accept(frame, batch.receivedAt, sockets, 0);
      },
      lost: (counts) => ledger.lost(counts),
      kernelDropped: (datagrams) => ledger.kernelDropped(datagrams),
      crashed: (error) => fail(error),
    },
  );
  const sockets = new SocketOrigin((bytes) => ingest.refund(bytes));

  const maintenance = new Maintenance(store, options.data, (task) => committer.exclusively(task));
  const retain = () => {
    if (options.keepDays === undefined) return;
    maintenance.retain(options.keepDays).catch((error: Error) => options.onProblem(`retention: ${error.message}`));
  };
  const retention = setInterval(retain, RETAIN_EVERY).unref();
  const perform = async (order: Order): Promise<Done> => {
    switch (order.name) {
      case "backup":
        return maintenance.backup(order.file);
      case "export":
        return maintenance.export(order.file);
      case "forget":
        hub.forget(({ message }) => message.user === order.user);
        return maintenance.forget(order.user);
      case "verify":
        return maintenance.inTurn(async () => {
          const open = await store.task("undecided", {});
          const settled = await settleOpen(verifier, open);
          if (settled.length > 0) await committer.exclusively(() => store.task("settle", { settled }));
          return { open: open.length, settled: settled.length };
        });
    }
  };

  const closeInside = async () => {
    clearInterval(retention);
    names.stop();
    hub.close();
    await ingest.stop();
    // Whatever still waits for a file after that gets its verdict without it.
    const giveUp = setTimeout(() => verifier.close(), VERDICT_WAIT);
    await committer.drain();
    await tickets.settled();
    clearTimeout(giveUp);
    verifier.close();
    await maintenance.inTurn(() => store.close());
  };

  try {
    const listeners = await ingest.listeners;
    const http = await startHttp(
      options.http,
      token,
      {
        query: async (request) => nameSoftware(await store.query(request), names),
        perform,
        accounting,
        gauges: () => {
          const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
          return {
            stream_subscribers: ["Connections to the live stream.", hub.size],
            memory_resident_bytes: ["Resident memory of all threads.", rss],
            memory_heap_bytes: ["Heap of the main thread.", heapTotal],
            memory_heap_used_bytes: ["Used part of that heap.", heapUsed],
            memory_external_bytes: ["Buffers of the main thread, outside of its heap.", external],
          };
        },
        problems: () => (problem === undefined ? [] : [problem]),
      },
      options.onProblem,
    );
    const reject = (reason: Parameters<Ledger["rejected"]>[0]) =>
      ledger.lost({ rejected: { [reason]: 1 }, dropped: {} });
    const closeWebSockets = await serveWebSockets(http.app.server, http.doors, [
      streamEndpoint(hub),
      ingestEndpoint({ accept: pipeline.accept.bind(pipeline), reject }),
    ]);
    writeAddresses(options.data, { pid: process.pid, http: http.url });
    retain();
    return {
      listeners,
      url: http.url,
      loginLink: http.newLoginLink(),
      accounting,
      failed,
      reloadCertificate: () => http.certificate?.reload(),
      stop: async () => {
        removeAddresses(options.data);
        closeWebSockets();
        await http.close();
        await closeInside();
      },
    };
  } catch (error) {
    await closeInside();
    throw error;
  }
}
