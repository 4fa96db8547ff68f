import { groupBy } from "../shared/group-by.js";
import type { RegisterEntry } from "./entry.js";
import { type RegisterOptions, readRegister } from "./read.js";

/** A register in memory, indexed by UUID. */
export interface Register {
  /** Number of entries. */
  readonly size: number;
  /** Entries of a UUID, by time. */
  entries(uuid: string): readonly RegisterEntry[];
  /** Distinct names of a UUID as `name version`, by time. More than one means that writers disagree. */
  names(uuid: string): string[];
}

/**
 * Reads the whole register in `directory`.
 *
 * @throws `OgrtError` FILE_UNREADABLE when the directory cannot be listed.
 */
export function loadRegister(directory: string, options: RegisterOptions = {}): Register {
  const all = [...readRegister(directory, options)];
  const byUuid = groupBy(all, ({ uuid }) => uuid);
  for (const entries of byUuid.values()) entries.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  const entries = (uuid: string): readonly RegisterEntry[] => byUuid.get(uuid) ?? [];
  return {
    size: all.length,
    entries,
    names(uuid) {
      const named = entries(uuid).filter(({ name }) => name !== undefined);
      return [...new Set(named.map(({ name, version }) => (version === undefined ? `${name}` : `${name} ${version}`)))];
    },
  };
}
