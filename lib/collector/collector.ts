import { OgrtError } from "../errors.js";
import { systemReason, unwritable } from "../files/file-errors.js";
import { AdminOperations } from "./admin/operations.js";
import { Resumption } from "./admin/resumption.js";
import { Retention } from "./admin/retention.js";
import type { AgentAddress } from "./agents/listeners.js";
import type { QuestionRequest } from "./answers/registry.js";
import type { AnswerOptions } from "./answers/settings.js";
import type { ReloadableSettings, Settings } from "./config/settings.js";
import type { Accounting } from "./frames/ledger.js";
import type { AdminOperation } from "./http/routes.js";
import { ingestEndpoint } from "./ingest/main/websocket.js";
import type { OpenListener } from "./ingest/protocol.js";
import type { Log } from "./log/log.js";
import { Metrics } from "./measure/metrics.js";
import { SoftwareNames } from "./names/software-names.js";
import { Outputs } from "./outputs/main/outputs.js";
import { Agents } from "./parts/agents.js";
import { type Base, FrameState } from "./parts/base.js";
import { Deduplicating } from "./parts/deduplicating.js";
import { Measuring } from "./parts/measuring.js";
import { Presence } from "./parts/presence.js";
import { Processing } from "./parts/processing.js";
import { Receiving } from "./parts/receiving.js";
import { RunningParts } from "./parts/running-parts.js";
import { Serving } from "./parts/serving.js";
import { Storing } from "./parts/storing.js";
import { Redactor } from "./pipeline/redaction/redactor.js";
import { type DataDirectory, prepareDataDirectory } from "./shared/data-directory.js";
import { connectionPlaces } from "./shared/descriptors.js";
import { streamEndpoint } from "./stream/endpoint.js";
import { StreamHub } from "./stream/hub.js";

export interface Collector {
  readonly listeners: readonly OpenListener[];
  /** Where agents deliver. */
  readonly agentAddresses: readonly AgentAddress[];
  readonly url: string;
  /** The same with the name that the certificate has, for other hosts. */
  readonly publicUrl: string;
  /** Makes a login link. It is a secret: print it to a terminal only. */
  readonly newLoginLink: () => string;
  readonly accounting: () => Accounting;
  /** Rejects when a thread of the collector ends unexpectedly. */
  readonly failed: Promise<never>;
  /** Applies the settings that can change while the collector runs. */
  readonly reload: (settings: ReloadableSettings) => Promise<void>;
  /** Stores the frames that have arrived, and ends. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the parts of a collector in order. When one fails to start, those before it are stopped.
 *
 * @param stopping - aborts the start, with its reason as the error.
 */
export async function startCollector(
  data: DataDirectory,
  settings: Settings,
  log: Log,
  stopping: AbortSignal,
): Promise<Collector> {
  const token = prepareDataDirectory(data, () =>
    log.event("token-created", `the data directory had no token: there is a new one in ${data.token}`),
  );
  const metrics = await Metrics.create();
  const { failed, onCrash } = crashes();
  const parts = new RunningParts();
  try {
    const places = connectionPlaces(streamListeners(settings));
    const base = { data, token, settings, log, metrics, frames: new FrameState(), places, onCrash, stopping };
    return { failed, ...(await startParts(parts, base)), stop: () => parts.stop() };
  } catch (error) {
    await parts.stop();
    throw refusedByDisk(error) ? unwritable(data.path, "cannot be written", error) : error;
  }
}

async function startParts(parts: RunningParts, base: Base): Promise<Omit<Collector, "failed" | "stop">> {
  const { data, settings, log, frames, stopping } = base;
  const redactor = redactorOf(settings);

  const storing = parts.add(await Storing.start(base));
  const { store, maintenance } = storing;
  await store.ask("configure", answerOptionsOf(settings));
  const names = parts.add(
    new SoftwareNames(
      (sentence) => log.event("names-unreadable", sentence),
      (read) => store.useNames(read),
    ),
  );
  const hub = parts.add(new StreamHub(names));
  const { outputs: configured, registers, catalogues } = settings;
  const outputSettings = { outputs: configured, dataDirectory: data.path, names: { registers, catalogues } };
  const outputs = parts.add(new Outputs(store, outputSettings, log.event));
  await outputs.start();
  stopping.throwIfAborted();
  const deduplicating = parts.add(await Deduplicating.start(base, storing));
  const processing = parts.add(new Processing(base, redactor, hub, storing, deduplicating.duplicates));
  const { pipeline, verifier, amendments } = processing;
  const presence = parts.add(await Presence.open(base, storing));
  const receiving = parts.add(await Receiving.start(base, pipeline));
  const agents = parts.add(await Agents.start(base, { pipeline, meter: receiving.meter, storing }));
  await presence.begin();
  const inputs = [...receiving.inputs, ...agents.inputs];
  const measuring = parts.add(
    new Measuring(base, storing, processing, { inputs, agents }, outputs, hub, [names, deduplicating]),
  );
  // Records that arrive meanwhile have no names on the stream; answers and outputs name them later.
  void names.follow(settings);
  parts.add(new Resumption({ store, verifier, amendments }, log.event));
  const operations = new AdminOperations({ maintenance, store, verifier, hub, outputs, amendments }, log.event);
  const answers = {
    ...measuring.health,
    query: (request: QuestionRequest) => store.query(request),
    perform: (operation: AdminOperation) => operations.perform(operation),
  };
  const endpoints = [streamEndpoint(hub), ingestEndpoint(receiving.webSocket)];
  const serving = parts.add(await Serving.start(base, answers, endpoints, () => receiving.onRefusedHttp()));
  receiving.webSocketAt(new URL(serving.http.url).host);
  const retention = parts.add(new Retention(maintenance, log.event));
  retention.keep(settings.keepDays);
  stopping.throwIfAborted();

  return {
    listeners: receiving.listeners,
    agentAddresses: agents.addresses,
    url: serving.http.url,
    publicUrl: serving.http.publicUrl,
    newLoginLink: () => serving.http.newLoginLink(),
    accounting: frames.accounting,
    reload: async (next) => {
      // Invalid settings fail here, before any of them takes effect.
      const newRedactor = redactorOf(next);
      await store.ask("configure", answerOptionsOf(next));
      pipeline.redactBy(newRedactor);
      serving.http.certificate?.reload();
      agents.reload();
      void names.follow(next);
      await outputs.follow(next);
      await outputs.replace(next.outputs);
      retention.keep(next.keepDays);
    },
  };
}

/** A promise that rejects when `onCrash` is called. The rejection may stay unhandled. */
function crashes(): { readonly failed: Promise<never>; readonly onCrash: (error: Error) => void } {
  let onCrash: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    onCrash = reject;
  });
  failed.catch(() => {});
  return { failed, onCrash };
}

/** Listeners that share the descriptors; those of agents count as one. */
const streamListeners = ({ tcp, unix, agentTcp, agentUnix }: Settings) =>
  tcp.length + unix.length + Math.min(1, agentTcp.length + agentUnix.length);

const redactorOf = ({ redactNames, redactPatterns }: ReloadableSettings) =>
  new Redactor({ names: redactNames, patterns: redactPatterns });

const answerOptionsOf = ({
  userDirectories,
  ignoredPrograms,
  environmentRules,
}: ReloadableSettings): AnswerOptions => ({ userDirectories, ignoredPrograms, environmentRules });

/** An error of the operating system that no part of the collector has described. */
const refusedByDisk = (error: unknown): boolean => !(error instanceof OgrtError) && systemReason(error) !== undefined;
