import type { NameArrays } from "./name-table.js";

/* Messages between the names thread and its owner. */

/** Sources of names: directories of registers (see ogrt-stamp) and files of catalogues (see ogrt-inspect). */
export interface NamePaths {
  readonly registers: readonly string[];
  readonly catalogues: readonly string[];
}

export interface NamesSettings extends NamePaths {
  /** State of the sources whose names the owner has; undefined when it has none. */
  readonly fingerprint: string | undefined;
}

/** All names. The thread ends with this message. */
export interface NamesRead {
  readonly fingerprint: string;
  readonly arrays: NameArrays;
  /** The catalogued files, one JSON array per line: path, soname or null, build-id or null, signatures, name of its software. */
  readonly catalogue: Uint8Array<ArrayBuffer>;
  /** A sentence for each source that could not be read completely. */
  readonly problems: readonly string[];
}
