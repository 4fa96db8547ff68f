import type { NameArrays } from "./name-table.js";

/*
 * Messages between the names process and its owner. The process receives the settings as an argument, in JSON. It writes
 * empty lines while it is alive, then the names: one line of JSON, the header, and the bytes of the arrays.
 */

/** Sources of names: directories of registers (see ogrt-stamp) and files of catalogues (see ogrt-inspect). */
export interface NamePaths {
  readonly registers: readonly string[];
  readonly catalogues: readonly string[];
}

export interface NamesSettings extends NamePaths {
  /** State of the sources whose names the owner has; undefined when it has none. */
  readonly fingerprint: string | undefined;
  /** Pause before the first check. */
  readonly pauseMs: number;
}

/** All names. The process ends after it has written them. */
export interface NamesRead {
  readonly fingerprint: string;
  readonly arrays: NameArrays;
  /**
   * The catalogued files, one JSON array per line: path, soname or null, build-id or null, signatures, name of its software,
   * whether that is a package, bytes.
   */
  readonly catalogue: Uint8Array<ArrayBuffer>;
  /** A sentence for each source that could not be read completely. */
  readonly problems: readonly string[];
  readonly tookMs: number;
}

/** The header: everything but the arrays, and the bytes of each of these in the order of {@link arraysOf}. */
export interface NamesHeader extends Omit<NamesRead, "arrays" | "catalogue"> {
  readonly bytes: readonly number[];
}

export const arraysOf = ({ arrays, catalogue }: Pick<NamesRead, "arrays" | "catalogue">) =>
  [arrays.signatures, arrays.names, arrays.offsets, arrays.text, catalogue] as const;
