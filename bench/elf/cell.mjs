// One cell of the benchmark: reader, file, task, source, dist of ours. Prints {"us", "rss"}.
import { closeSync, openSync, readFileSync } from "node:fs";

const [reader, path, task, source, dist] = process.argv.slice(2);
/** Batches are short and the best one counts, so that a busy machine spoils only some of them. */
const BATCH_MS = 2;
const BUDGET_MS = 1500;

const readers = {
  async ogrt() {
    const { ElfFile, readSignatures } = await import(`${dist}/index.js`);
    const { openFileSource } = await import(`${dist}/files.js`);
    const all = (input) => {
      const file = new ElfFile(input);
      return [file.segments, file.sections, [...file.notes()]];
    };
    const read = task === "all" ? all : readSignatures;
    return {
      memory: (bytes) => read(bytes),
      path() {
        const file = openFileSource(path);
        try {
          return read(file);
        } finally {
          file.close();
        }
      },
    };
  },
  async elfy() {
    const { default: elfy } = await import("elfy");
    return wholeFile((bytes) => elfy.parse(bytes));
  },
  async "elf-tools"() {
    const { default: tools } = await import("elf-tools");
    return wholeFile((bytes) => tools.parse(bytes));
  },
  async elfinfo() {
    const { default: elfinfo } = await import("elfinfo");
    return {
      memory: (bytes) => elfinfo.open(bytes),
      async path() {
        const descriptor = openSync(path, "r");
        try {
          return await elfinfo.open(descriptor);
        } finally {
          closeSync(descriptor);
        }
      },
    };
  },
  async "node-lief"() {
    const { default: lief } = await import("node-lief");
    const read = (input) => {
      const binary = lief.ELF?.parse ? lief.ELF.parse(input) : lief.parse(input);
      return [...binary.sections()].map(({ name }) => name);
    };
    return {
      memory() {
        throw new Error("reads paths only");
      },
      path: () => read(path),
    };
  },
};

/** Readers that need the whole file in memory. */
function wholeFile(parse) {
  return { memory: parse, path: () => parse(readFileSync(path)) };
}

const read = (await readers[reader]())[source];
const bytes = source === "memory" ? readFileSync(path) : undefined;
const result = await read(bytes);
if (result === undefined) throw new Error("no result");

const end = Date.now() + BUDGET_MS;
let best = await time(1);
do {
  best = Math.min(best, await time(Math.max(1, Math.round(BATCH_MS / best))));
} while (Date.now() < end);
console.log(JSON.stringify({ us: best * 1000, rss: process.resourceUsage().maxRSS }));

/** Milliseconds per round. */
async function time(count) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) {
    const pending = read(bytes);
    if (pending instanceof Promise) await pending;
  }
  return Number(process.hrtime.bigint() - start) / 1e6 / count;
}
