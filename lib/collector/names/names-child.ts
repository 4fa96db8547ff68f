import { writeSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { NameTableBuilder } from "./name-table.js";
import { arraysOf, type NamesHeader, type NamesRead, type NamesSettings } from "./protocol.js";
import { fingerprintOf, openSources, readFiles, readNames } from "./sources.js";

/*
 * The names process. It waits until the state of the sources changes, reads all of them, writes the names and ends, which
 * frees its memory. It is a process because a thread that waits for a dead file server cannot be ended.
 */

const CHECK_INTERVAL_MS = 5000;
/** A pause is this many times as long as the check before it, so that large sources do not occupy a processor. */
const PAUSE_FACTOR = 10;
const STDOUT = 1;

// The collector ends this process. Ctrl-C in a terminal would reach the whole process group.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

const settings = JSON.parse(process.argv[2] ?? "") as NamesSettings;
// It ends when the collector does.
void text(process.stdin).finally(() => process.exit());

function write(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(STDOUT, bytes, at);
}

const showLife = () => write(Buffer.from("\n"));

async function pause(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= CHECK_INTERVAL_MS) {
    showLife();
    await sleep(Math.min(left, CHECK_INTERVAL_MS));
  }
}

const sources = openSources(settings);

async function changedFingerprint(): Promise<string> {
  await pause(settings.pauseMs);
  for (;;) {
    const began = performance.now();
    const fingerprint = fingerprintOf(sources);
    if (fingerprint !== settings.fingerprint) return fingerprint;
    await pause(Math.max(CHECK_INTERVAL_MS, (performance.now() - began) * PAUSE_FACTOR));
  }
}

function read(fingerprint: string): NamesRead {
  const began = performance.now();
  const problems: string[] = [];
  const builder = new NameTableBuilder();
  for (const source of sources) {
    showLife();
    readNames(source, builder, problems);
  }
  const catalogue = readFiles(sources, problems, showLife);
  showLife();
  const arrays = builder.build();
  return { fingerprint, arrays, catalogue, problems, tookMs: performance.now() - began };
}

const { arrays, catalogue, ...found } = read(await changedFingerprint());
const all = arraysOf({ arrays, catalogue });
const header: NamesHeader = { ...found, bytes: all.map(({ byteLength }) => byteLength) };
write(Buffer.from(`${JSON.stringify(header)}\n`));
for (const array of all) {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  write(bytes);
}
process.exit();
