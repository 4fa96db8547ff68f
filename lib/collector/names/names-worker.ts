import { setTimeout as sleep } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { mainPort } from "../threads/main-port.js";
import { NameTableBuilder } from "./name-table.js";
import type { NamesRead, NamesSettings } from "./protocol.js";
import { fingerprintOf, openSources, readFiles, readNames } from "./worker/sources.js";

/*
 * The names thread. In: paths of registers and catalogues, and the fingerprint of their known state. The thread waits
 * until the state changes, reads all sources, posts the result and ends, which frees its memory. A catalogue of a million
 * files takes seconds, and a file server may hang: the main thread waits for neither.
 */

const CHECK_INTERVAL_MS = 5000;

const main = mainPort();
const settings = workerData as NamesSettings;
const sources = openSources(settings);

// A thread that replaces another one waits first, so that sources that always change are not read without a pause.
if (settings.fingerprint !== undefined) await sleep(CHECK_INTERVAL_MS);
let fingerprint = fingerprintOf(sources);
while (fingerprint === settings.fingerprint) {
  await sleep(CHECK_INTERVAL_MS);
  fingerprint = fingerprintOf(sources);
}

const problems: string[] = [];
const builder = new NameTableBuilder();
for (const source of sources) readNames(source, builder, problems);
const arrays = builder.build();
const catalogue = readFiles(sources, problems);
const message: NamesRead = { fingerprint, arrays, catalogue, problems };
main.postMessage(
  message,
  [...Object.values(arrays), catalogue].map(({ buffer }) => buffer),
);
main.close();
