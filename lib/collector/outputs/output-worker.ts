import { workerData } from "node:worker_threads";
import type { OutputConfig } from "../config/outputs/outputs.js";
import { SoftwareNames } from "../names/software-names.js";
import type { UserRecords } from "../shared/user-records.js";
import { EventSource } from "../store/event-source.js";
import { mainPort } from "../threads/main-port.js";
import { type Handlers, replyTo } from "../threads/requests.js";
import type { FromOutputs, LogOutput, OutputRequests, OutputWorkerData, ToOutputs } from "./protocol.js";
import { Feed } from "./worker/feed.js";
import { Runner } from "./worker/runner.js";
import { openSink } from "./worker/sinks.js";

/* The outputs thread reads stored events, renders them and delivers them, beside the threads that receive and store. */

/** Limits deliveries in flight when the collector stops. */
const STOP_TIMEOUT_MS = 2000;

const main = mainPort();
const { outputs, dataDirectory, names: paths, port } = workerData as OutputWorkerData;

const post = (message: FromOutputs) => main.postMessage(message);
const log: LogOutput = (event, sentence) => post({ kind: "event", event, sentence });

// The main thread reads the same sources, and logs their problems.
const names = new SoftwareNames(() => {});
const source = new EventSource(port);
const cursors = await source.ask("cursors", undefined);
source.raiseHead(cursors.head);

// The store has the cursor of a new output before any event that the output must deliver.
const begun: { config: OutputConfig; cursor: number }[] = [];
for (const config of outputs) {
  const known = cursors.readers[config.name];
  const cursor = known ?? (config.start === "beginning" ? 0 : cursors.head);
  if (known === undefined) await source.ask("commitCursor", { reader: config.name, sequence: cursor });
  begun.push({ config, cursor });
}
post({ kind: "begun" });

const feed = new Feed(source, names, names.follow(paths));
const running = begun.map(({ config, cursor }) => {
  const { name, kind } = config;
  const sink = openSink(config, { name, dataDirectory, log });
  const commit = async (sequence: number) => {
    await source.ask("commitCursor", { reader: name, sequence });
  };
  const head = () => source.head;
  return { sink, runner: new Runner({ name, kind, sink, feed, head, commit, log }, cursor) };
});

const handlers: Handlers<OutputRequests> = {
  status: async () => running.map(({ runner }) => runner.status()),
  forget: async (request) => {
    if (!request.dryRun) feed.clear();
    const files: UserRecords[] = [];
    for (const { sink, runner } of running) {
      const { forget } = sink;
      if (forget !== undefined) files.push(...(await runner.runTask(() => forget(request))));
    }
    return files;
  },
  follow: async (sources) => {
    void names.follow(sources);
    return undefined;
  },
  stop: async () => {
    names.stop();
    await Promise.all(running.map(({ runner }) => runner.stop(STOP_TIMEOUT_MS)));
    return undefined;
  },
};

main.on("message", async (request: ToOutputs) => {
  post(await replyTo<OutputRequests>(request, handlers));
  if (request.name !== "stop") return;
  source.close();
  main.close();
});
