import { FRAME_HEADER_SIZE } from "../wire/index.js";
import { Maintenance } from "./admin/maintenance.js";
import { AdminOperations } from "./admin/operations.js";
import { addressOf, formatAddress } from "./config/kinds.js";
import type { Settings } from "./config/settings.js";
import type { Batch } from "./database/schema.js";
import { FrameCounts } from "./frames/counts.js";
import { InFlightFrames } from "./frames/in-flight.js";
import { type Accounting, Ledger, type LossCounts } from "./frames/ledger.js";
import { answerSettingsOf, httpOf, listenersOf, type Reloadable, rateOf, redactorOf } from "./from-settings.js";
import type { CollectorHealth } from "./http/health.js";
import type { Answers } from "./http/routes.js";
import { startHttp } from "./http/server.js";
import { serveWebSockets } from "./http/websockets.js";
import { framesOf } from "./ingest/batch.js";
import { Ingest } from "./ingest/main/ingest.js";
import { SocketOrigin } from "./ingest/main/socket-origin.js";
import { type FrameSink, ingestEndpoint } from "./ingest/main/websocket.js";
import type { OpenListener } from "./ingest/protocol.js";
import type { Log } from "./log/log.js";
import { describeCollector } from "./measure/collector-metrics.js";
import { InputMeter, VerdictMeter } from "./measure/meters.js";
import { Metrics } from "./measure/metrics.js";
import { OutputMeters } from "./measure/outputs.js";
import { StatsKeeper } from "./measure/stats.js";
import { SoftwareNames } from "./names/software-names.js";
import { Outputs } from "./outputs/main/outputs.js";
import { Pipeline, type PipelineParts } from "./pipeline/pipeline.js";
import { UserNames } from "./pipeline/user-names.js";
import { type DataDirectory, prepareDataDirectory, removeAddresses, writeAddresses } from "./shared/data-directory.js";
import { Committer } from "./store/main/committer.js";
import { RollupWatch } from "./store/main/rollup-watch.js";
import { Store } from "./store/main/store.js";
import { streamEndpoint } from "./stream/endpoint.js";
import { StreamHub } from "./stream/hub.js";
import { FILE_CACHE_DEFAULTS } from "./verification/file-cache.js";
import { Verifier } from "./verification/verifier.js";

export interface Collector {
  readonly listeners: readonly OpenListener[];
  readonly url: string;
  readonly loginLink: string;
  readonly accounting: () => Accounting;
  /** Rejects when a part of the collector ended by itself. */
  readonly failed: Promise<never>;
  /** Takes over what can change while it runs. */
  readonly reload: (settings: Reloadable) => Promise<void>;
  /** Takes what has arrived, stores it, ends. */
  readonly stop: () => Promise<void>;
}

/** Bytes of frames that may be anywhere between reception and store; beyond it streams wait and datagrams are dropped. */
const CREDIT = 64 * 1024 * 1024;
/** A stop does not wait longer than this for verdicts, in milliseconds: they are `unchecked` then. */
const VERDICT_WAIT = 5000;
/** How often what was stored is taken in for answers, when nobody asks, in milliseconds. */
const DIGEST_EVERY = 60_000;

/** Starts everything: ingest → pipeline → store and stream, with HTTP beside them. */
export async function startCollector(
  data: DataDirectory,
  settings: Settings,
  { event: log, counts }: Log,
): Promise<Collector> {
  const token = prepareDataDirectory(data);
  const metrics = await Metrics.create();
  const answerSettings = await answerSettingsOf(settings);
  const store = await Store.open(data.store);
  store.configure(answerSettings);
  const names = new SoftwareNames(
    (sentence) => log("names-unreadable", sentence),
    (read) => store.name(read),
  );
  for (const gap of store.state.known.gaps) log("store-partly-known", gap);
  const ledger = new Ledger();
  const inFlightFrames = new InFlightFrames();
  const hub = new StreamHub(names);
  let problem: string | undefined;
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for it is told; nobody has to.
  failed.catch(() => {});
  store.failed.catch(fail);

  const verdicts = new VerdictMeter();
  const tookCommit = metrics.histogram({ name: "commit_duration_seconds", help: "Time of a batch to the disk." });
  const append = async (batch: Batch, number: number) => {
    const began = performance.now();
    await store.append(batch, number);
    tookCommit(performance.now() - began);
  };
  const committer = new Committer(append, store.state, settings.flushInterval, {
    settled: (inFlight, outcome) => {
      if (outcome === "kept") ledger.stored(1);
      else ledger.dropped("store-error");
      inFlightFrames.complete(inFlight, outcome);
    },
    sampled: (record, inFlight) => inFlight.origin.onStored(Date.now() - record.receivedAt),
    refused: (records, error) => {
      // A record that was refused alone would be refused again.
      if (records > 1) pipeline.forgetRepeats();
      const what = records === 1 ? "a record" : `${records} records`;
      log("records-refused", `the store refused ${what}: ${error.message}`, { records });
    },
    waiting: (error) => {
      const before = problem;
      problem = error === undefined ? undefined : `the store does not take records: ${error.message}`;
      if (problem === undefined) log("store-taking", "the store takes records again");
      else if (before === undefined) log("store-waiting", problem);
    },
  });
  const { hostName: host, roots, sharedRoots, excluded } = settings;
  const scope = { host, roots, sharedRoots, excluded };
  const verifier = new Verifier(scope, FILE_CACHE_DEFAULTS, (text) => log("file-not-examined", text));
  const parts: PipelineParts = {
    host,
    verifier,
    redactor: redactorOf(settings),
    users: new UserNames(),
    inFlightFrames,
    ledger,
  };
  const pipeline = new Pipeline(parts, (record, inFlight) => {
    if (record.kind === "start") {
      verdicts.add(record);
      hub.publish(record, inFlight.bytes);
    }
    committer.add(record, inFlight);
  });
  for (const { uuid, kind, part } of store.state.seen) pipeline.remember(uuid, kind, part);
  const accounting = () => ledger.accounting(inFlightFrames.pending);
  const frameCounts = new FrameCounts(
    accounting,
    (minute, counts) => store.task("account", { minute, counts }),
    (error) => log("store-waiting", `counts of frames could not be noted: ${error.message}`),
  );
  const digest = new RollupWatch(log);
  store.onRollup = (state) => digest.take(state);
  store.rollUp();
  const digesting = setInterval(() => store.rollUp(), DIGEST_EVERY).unref();

  const wanted = listenersOf(settings);
  const tookStoring = metrics.histogram({
    name: "storing_duration_seconds",
    help: "Time from reception to the disk, of some of the frames.",
    labels: ["transport"],
  });
  const meterOf = (transport: string, address: string) =>
    new InputMeter(transport, address, (milliseconds) => tookStoring(milliseconds, { transport }));
  const inputs = wanted.map((listener) => meterOf(listener.transport, addressOf(listener)));
  const { outputs: configured, registers, catalogues } = settings;
  const outputs = new Outputs(
    store,
    { outputs: configured, dataDirectory: data.path, names: { registers, catalogues } },
    log,
  );
  await outputs.begun;

  const ingest = new Ingest(
    { listeners: wanted, credit: CREDIT, senderRate: rateOf(settings) },
    {
      frames: (batch, input) => {
        inputs[input]?.took(batch.frames, batch.bytes.byteLength);
        const origin = origins[input] as SocketOrigin;
        for (const frame of framesOf(batch)) pipeline.accept(frame, batch.receivedAt, origin, 0);
      },
      lost: (counts, input) => {
        ledger.lost(counts);
        inputs[input]?.lost(counts);
        for (const [reason, frames] of Object.entries(counts.dropped)) {
          log("frames-dropped", `${frames} frames were dropped: ${reason}`, { reason, frames });
        }
      },
      kernelDropped: (datagrams) => {
        ledger.kernelDropped(datagrams);
        log("datagrams-dropped", `the kernel has dropped ${datagrams} datagrams since the start`, { datagrams });
      },
      crashed: (error) => fail(error),
    },
  );
  const origins = inputs.map(
    ({ durations }) =>
      new SocketOrigin(
        (bytes) => ingest.refund(bytes),
        (milliseconds) => durations.add(milliseconds),
      ),
  );

  const maintenance = new Maintenance(store, data, (task) => committer.exclusively(task));
  const outputMeters = new OutputMeters(() => outputs.status());
  const orders = new AdminOperations({ maintenance, store, committer, verifier, hub, outputs }, log);

  let stats: StatsKeeper | undefined;
  const closeInside = async () => {
    orders.stop();
    clearInterval(digesting);
    names.stop();
    hub.close();
    stats?.close();
    await ingest.stop();
    // Whatever still waits for a file after that gets its verdict without it.
    const giveUp = setTimeout(() => verifier.close(), VERDICT_WAIT);
    await committer.drain();
    await inFlightFrames.drained();
    clearTimeout(giveUp);
    verifier.close();
    await outputs.stop();
    await maintenance.inTurn(async () => {
      await frameCounts.stop();
      await store.close();
    });
  };

  try {
    const listeners = await ingest.listeners;
    for (const [index, listener] of listeners.entries()) inputs[index]?.moveTo(addressOf(listener));
    const webSocket = meterOf("websocket", formatAddress(settings.http));
    const problems = () => (problem === undefined ? [] : [problem]);
    stats = new StatsKeeper(accounting, [...inputs, webSocket], outputMeters);
    describeCollector(metrics, {
      accounting,
      inputs: [...inputs, webSocket],
      outputs: outputMeters,
      verdicts,
      queues: { store: () => committer.length, files: () => verifier.queued },
      stream: hub,
      isReady: () => problems().length === 0,
      events: counts,
      data,
    });
    // What arrives meanwhile has no names on the stream, but is not lost.
    await names.follow(settings);
    const answers: Answers & CollectorHealth = {
      query: (request) => store.query(request),
      perform: (order) => orders.perform(order),
      accounting,
      stats: stats.stats.bind(stats),
      metrics: {
        contentType: metrics.contentType,
        text: async () => {
          await outputMeters.refresh();
          return metrics.text();
        },
      },
      problems,
      warnings: () => [...digest.warnings(), ...outputMeters.warnings()],
    };
    const http = await startHttp(httpOf(settings), token, answers, log);
    webSocket.moveTo(new URL(http.url).host);
    const sink: FrameSink = {
      accept: (frame, receivedAt, origin, index) => {
        webSocket.took(1, FRAME_HEADER_SIZE + frame.payload.length);
        pipeline.accept(frame, receivedAt, origin, index);
      },
      reject: (reason) => {
        const counts: LossCounts = { rejected: { [reason]: 1 }, dropped: {} };
        ledger.lost(counts);
        webSocket.lost(counts);
      },
      took: (milliseconds) => webSocket.durations.add(milliseconds),
    };
    const endpoints = [streamEndpoint(hub), ingestEndpoint(sink)];
    const closeWebSockets = await serveWebSockets(http.app.server, http.authentication, endpoints, log);
    writeAddresses(data, { pid: process.pid, http: http.url });
    orders.retain(settings.keepDays);
    return {
      listeners,
      url: http.url,
      loginLink: http.newLoginLink(),
      accounting,
      failed,
      reload: async (next) => {
        // Whatever may be wrong with them comes out before anything is taken over.
        const [redactor, settingsOfAnswers] = [redactorOf(next), await answerSettingsOf(next)];
        pipeline.redactBy(redactor);
        store.configure(settingsOfAnswers);
        http.certificate?.reload();
        await names.follow(next);
        await outputs.follow(next);
        await outputs.replace(next.outputs);
        orders.retain(next.keepDays);
      },
      stop: async () => {
        removeAddresses(data);
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
