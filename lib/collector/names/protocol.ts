import type { NameArrays } from "./name-table.js";

/** What the thread that reads names and the main thread say to each other. */

/** Where names come from: directories of ogrt-stamp's register and files of ogrt-inspect's catalogue. */
export interface NamePaths {
  readonly registers: readonly string[];
  readonly catalogues: readonly string[];
}

export interface NamesSettings extends NamePaths {
  /** State of the sources that the main thread has the names of; undefined for none. */
  readonly fingerprint: string | undefined;
}

/** All names anew. The thread ends with it. */
export interface NamesRead {
  readonly fingerprint: string;
  readonly arrays: NameArrays;
  /** The catalogued files, a JSON array a line: path, soname or null, build-id or null, signatures, name of its software. */
  readonly catalogue: Uint8Array<ArrayBuffer>;
  /** Sources that could not be read whole. */
  readonly problems: readonly string[];
}
