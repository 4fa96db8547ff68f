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
 * @throws `OgrtError` FILE_UNREADABLE when the directory can't be listed.
 */
export function loadRegister(directory: string, options: RegisterOptions = {}): Register {
  const byUuid = new Map<string, RegisterEntry[]>();
  let size = 0;
  for (const entry of readRegister(directory, options)) {
    const known = byUuid.get(entry.uuid);
    if (known === undefined) byUuid.set(entry.uuid, [entry]);
    else known.push(entry);
    size++;
  }
  for (const entries of byUuid.values()) entries.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  const entries = (uuid: string): readonly RegisterEntry[] => byUuid.get(uuid) ?? [];
  return {
    size,
    entries,
    names: (uuid) => [
      ...new Set(
        entries(uuid).flatMap(({ name, version }) =>
          name === undefined ? [] : [version === undefined ? name : `${name} ${version}`],
        ),
      ),
    ],
  };
}
