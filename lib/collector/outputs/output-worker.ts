import { parentPort, workerData } from "node:worker_threads";
import { SoftwareNames } from "../names/software-names.js";
import { type OutputConfig, openSink } from "./kinds.js";
import type { FromOutputs, OutputRequest, OutputWorkerData, ToOutputs } from "./protocol.js";
import { Feed } from "./worker/feed.js";
import { Runner } from "./worker/runner.js";
import type { TellOutput } from "./worker/sink.js";
import { EventSource } from "./worker/source.js";

/*
 * The thread of the outputs: what they read, make of it and send is no work of the threads that receive and store.
 */

/** Milliseconds that a delivery may go on when the collector stops. */
const STOP_LIMIT = 2000;

if (parentPort === null) throw new Error("runs as a worker thread");
const main = parentPort;
const { outputs, dataDirectory, names: paths, port } = workerData as OutputWorkerData;

const say = (message: FromOutputs) => main.postMessage(message);
const tell: TellOutput = (event, sentence) => say({ kind: "event", event, sentence });

// The main thread follows the same files, and says what is wrong with them.
const names = new SoftwareNames(() => {});
const source = new EventSource(port);
const places = await source.ask("cursors", {});
source.reached(places.head);

// Where a new output begins is kept before anything that it is to deliver can be stored.
const begun: [OutputConfig, number][] = [];
for (const config of outputs) {
  const known = places.readers[config.name];
  const place = known ?? (config.start === "beginning" ? 0 : places.head);
  if (known === undefined) await source.ask("commitCursor", { reader: config.name, sequence: place });
  begun.push([config, place]);
}
say({ kind: "begun" });

await names.follow(paths);
const feed = new Feed(source, names);
const running = begun.map(([config, place]) => {
  const { name, kind } = config;
  const sink = openSink(config, { name, dataDirectory, tell });
  const keep = async (sequence: number) => {
    await source.ask("commitCursor", { reader: name, sequence });
  };
  const head = () => source.head;
  return { sink, runner: new Runner({ name, kind, sink, feed, head, keep, tell }, place) };
});

async function perform(request: OutputRequest) {
  switch (request.name) {
    case "status":
      return running.map(({ runner }) => runner.status());
    case "forget": {
      feed.clear();
      const files: string[] = [];
      for (const { sink, runner } of running) {
        const { forget } = sink;
        if (forget !== undefined) files.push(...(await runner.between(() => forget(request.user))));
      }
      return files;
    }
    case "follow":
      await names.follow(request.names);
      return [];
    case "stop":
      await Promise.all(running.map(({ runner }) => runner.stop(STOP_LIMIT)));
      return [];
  }
}

main.on("message", ({ id, request }: ToOutputs) => {
  perform(request)
    .then(
      (result) => say({ kind: "done", id, result }),
      (error: Error) => say({ kind: "failed", id, message: error.message }),
    )
    .finally(() => {
      if (request.name !== "stop") return;
      names.stop();
      source.close();
      main.close();
    });
});
