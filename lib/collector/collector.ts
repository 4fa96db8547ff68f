import { AdminOperations } from "./admin/operations.js";
import { Retention } from "./admin/retention.js";
import { readEnvironmentRules } from "./answers/environment-rules.js";
import { type AnswerSettings, DEFAULT_SETTINGS } from "./answers/settings.js";
import type { Settings } from "./config/settings.js";
import type { Accounting } from "./frames/ledger.js";
import { ingestEndpoint } from "./ingest/main/websocket.js";
import type { OpenListener } from "./ingest/protocol.js";
import type { Log } from "./log/log.js";
import { Metrics } from "./measure/metrics.js";
import { SoftwareNames } from "./names/software-names.js";
import { Outputs } from "./outputs/main/outputs.js";
import { FrameState } from "./parts/frame-state.js";
import { Measuring } from "./parts/measuring.js";
import { Processing } from "./parts/processing.js";
import { Receiving } from "./parts/receiving.js";
import { RunningParts } from "./parts/running-parts.js";
import { Serving } from "./parts/serving.js";
import { Storing } from "./parts/storing.js";
import { Redactor } from "./pipeline/redaction.js";
import { type DataDirectory, prepareDataDirectory } from "./shared/data-directory.js";
import { streamEndpoint } from "./stream/endpoint.js";
import { StreamHub } from "./stream/hub.js";

export interface Collector {
  readonly listeners: readonly OpenListener[];
  readonly url: string;
  readonly loginLink: string;
  readonly accounting: () => Accounting;
  /** Rejects when a thread of the collector ended by itself. */
  readonly failed: Promise<never>;
  /** Takes over the settings that can change while the collector runs. */
  readonly reload: (settings: Reloadable) => Promise<void>;
  /** Stores what has arrived, and ends. */
  readonly stop: () => Promise<void>;
}

/** Settings that a running collector takes over. */
type Reloadable = Pick<
  Settings,
  | "outputs"
  | "registers"
  | "catalogues"
  | "keepDays"
  | "redactNames"
  | "redactPatterns"
  | "userDirectories"
  | "environmentRules"
>;

/** Starts a collector: its parts in order, each on those before it. When one fails to start, the others are stopped. */
export async function startCollector(data: DataDirectory, settings: Settings, log: Log): Promise<Collector> {
  const parts = new RunningParts();
  try {
    return await startParts(parts, data, settings, log);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function startParts(
  parts: RunningParts,
  data: DataDirectory,
  settings: Settings,
  { event: log, counts: events }: Log,
): Promise<Collector> {
  const token = prepareDataDirectory(data);
  const { failed, fail } = failure();
  const metrics = await Metrics.create();
  const redactor = redactorOf(settings);
  const answerSettings = await answerSettingsOf(settings);
  const frames = new FrameState();

  const storing = parts.add(
    await Storing.start({ data, flushIntervalMs: settings.flushInterval, frames, metrics, log, onCrash: fail }),
  );
  const { store, committer, maintenance } = storing;
  await store.ask("configure", answerSettings);
  const names = parts.add(
    new SoftwareNames(
      (sentence) => log("names-unreadable", sentence),
      (read) => store.name(read),
    ),
  );
  const hub = parts.add(new StreamHub(names));
  const { outputs: configured, registers, catalogues } = settings;
  const outputs = parts.add(
    new Outputs(store, { outputs: configured, dataDirectory: data.path, names: { registers, catalogues } }, log),
  );
  await outputs.start();
  const { hostName: host, roots, sharedRoots, excluded } = settings;
  const scope = { host, roots, sharedRoots, excluded };
  const processing = parts.add(new Processing({ scope, redactor, frames, hub, storing, log }));
  const { pipeline, verifier } = processing;
  const receiving = parts.add(await Receiving.start({ settings, pipeline, frames, metrics, log, onCrash: fail }));
  const measuring = parts.add(
    new Measuring({ data, metrics, frames, storing, processing, receiving, hub, outputs, events }),
  );
  // Records that arrive meanwhile have no names on the stream; answers and outputs name them later.
  await names.follow(settings);
  const operations = new AdminOperations({ maintenance, store, committer, verifier, hub, outputs }, log);
  const serving = parts.add(
    await Serving.start({
      data,
      token,
      settings,
      answers: {
        ...measuring.health,
        query: (request) => store.query(request),
        perform: (operation) => operations.perform(operation),
      },
      endpoints: [streamEndpoint(hub), ingestEndpoint(receiving.webSocket)],
      log,
    }),
  );
  receiving.webSocketAt(new URL(serving.url).host);
  const retention = parts.add(new Retention(maintenance, log));
  retention.keep(settings.keepDays);

  return {
    listeners: receiving.listeners,
    url: serving.url,
    loginLink: serving.newLoginLink(),
    accounting: frames.accounting,
    failed,
    reload: async (next) => {
      // Errors of the new settings come before any of them is taken over.
      const [newRedactor, newAnswerSettings] = [redactorOf(next), await answerSettingsOf(next)];
      pipeline.redactBy(newRedactor);
      await store.ask("configure", newAnswerSettings);
      serving.reloadCertificate();
      await names.follow(next);
      await outputs.follow(next);
      await outputs.replace(next.outputs);
      retention.keep(next.keepDays);
    },
    stop: () => parts.stop(),
  };
}

/** A promise that rejects when `fail` is called. Nobody has to wait for it. */
function failure(): { readonly failed: Promise<never>; readonly fail: (error: Error) => void } {
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  return { failed, fail };
}

const redactorOf = ({ redactNames, redactPatterns }: Reloadable) =>
  new Redactor({ names: redactNames, patterns: redactPatterns });

const answerSettingsOf = async ({ userDirectories, environmentRules }: Reloadable): Promise<AnswerSettings> => ({
  userDirectories,
  environmentRules:
    environmentRules === undefined ? DEFAULT_SETTINGS.environmentRules : await readEnvironmentRules(environmentRules),
});
