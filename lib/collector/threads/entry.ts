import { builtFile } from "../../files/package-root.js";

/** The collector's threads and child processes; each is an entry of tsup.config.ts. */
export type EntryName =
  | "ingest-worker"
  | "store-worker"
  | "output-worker"
  | "duplicates-worker"
  | "examine-child"
  | "names-child"
  | "parent-watch-worker";

/**
 * The built file of a thread or child process. Threads always run built code, also when their parent runs from the sources
 * in lib/, as in tests.
 */
export const entryFile = (name: EntryName): string => builtFile(`collector/${name}.js`);
