import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { NameTableBuilder } from "./name-table.js";
import type { NamesRead, NamesSettings } from "./protocol.js";
import { catalogueSource } from "./worker/catalogue-source.js";
import { registerSource } from "./worker/register-source.js";
import { fingerprintOf, type NameSource } from "./worker/source.js";

/*
 * The names thread: looks at the sources until one has changed, reads them all, says so and ends, which gives the
 * memory back. A catalogue of a million files takes seconds, and a file server may hang: the main thread waits for neither.
 */

/** Of catalogued files, for answers: some half a million files. */
const CATALOGUE_BYTES_LIMIT = 128 * 1024 * 1024;
/** How often sources are looked at, in milliseconds. */
const EVERY = 5000;

if (parentPort === null) throw new Error("runs as a worker thread");
const main = parentPort;
const settings = workerData as NamesSettings;
const sources = [...settings.registers.map(registerSource), ...settings.catalogues.map(catalogueSource)];

// One that was just started by a change waits first: what changes without end must not be read without end.
if (settings.fingerprint !== undefined) await sleep(EVERY);
let fingerprint = fingerprintOf(sources);
while (fingerprint === settings.fingerprint) {
  await sleep(EVERY);
  fingerprint = fingerprintOf(sources);
}

const builder = new NameTableBuilder();
const problems = sources.flatMap((source) => read(source) ?? []);
const arrays = builder.build();
const catalogue = catalogueLines();
const message: NamesRead = { fingerprint, arrays, catalogue, problems };
main.postMessage(
  message,
  [...Object.values(arrays), catalogue].map(({ buffer }) => buffer),
);
main.close();

/** All catalogued files; of a catalogue that is broken those before the broken line, which `read` has told. */
function catalogueLines(): Uint8Array<ArrayBuffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for (const source of sources) {
    try {
      for (const file of source.files?.() ?? []) {
        const piece = Buffer.from(`${JSON.stringify(file)}\n`);
        bytes += piece.length;
        if (bytes > CATALOGUE_BYTES_LIMIT) {
          problems.push(`${source.path}: too many files; the rest counts as not catalogued`);
          break;
        }
        pieces.push(piece);
      }
    } catch {
      // told already
    }
  }
  // Of its own memory: Node's pool cannot change threads.
  const lines = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    lines.set(piece, at);
    at += piece.length;
  }
  return lines;
}

/** What went wrong, if something did. */
function read(source: NameSource): string | undefined {
  try {
    for (const [signature, name] of source.pairs()) {
      if (!builder.add(signature, name)) return `${source.path}: too many signatures or names; the rest has no names`;
    }
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
