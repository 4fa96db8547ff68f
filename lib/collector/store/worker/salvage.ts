import { copyFileSync, existsSync, renameSync, statSync, truncateSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { OgrtError } from "../../../errors.js";
import { fileError, systemReason } from "../../../files/file-errors.js";
import { isDamageAtOpening, openInstance } from "../../database/engine.js";
import type { Commit } from "../../shared/commit-record.js";
import { syncDirectory } from "../../shared/sync-directory.js";

/*
 * Before the collector opens its store for writing. DuckDB ignores a log whose beginning is damaged or that was cut, and then
 * removes it; it refuses one that is damaged later. Either way the damaged files are renamed and stay, and the collector
 * continues with what can be read.
 */

export interface Salvage {
  /** Names of the files that were set aside. */
  readonly kept: string[];
  /** Why, without paths. */
  readonly reasons: string[];
}

/** Attempts to open a store: with its log, with the part of the log before the damage, without the log, without the store. */
const MAX_ATTEMPTS = 4;
export async function salvage(path: string, latest: Commit | undefined): Promise<Salvage> {
  const log = `${path}.wal`;
  const found: Salvage = { kept: [], reasons: [] };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    if (!existsSync(path)) {
      if (existsSync(log)) found.kept.push(setAside(log));
      if (found.kept.length > 0) found.reasons.push("its file was missing or cannot be read");
      return found;
    }
    try {
      const sequence = await sequenceOf(path);
      if (existsSync(log) && sequence < (latest?.sequence ?? 0) && !found.reasons.includes(LOG_DAMAGED)) {
        // The engine will replay what it can, and then remove the log.
        found.kept.push(keepCopy(log));
        found.reasons.push(LOG_DAMAGED);
      }
      return found;
    } catch (error) {
      const cause = ((error as OgrtError).cause as Error) ?? error;
      const { message } = cause;
      if (!isDamageAtOpening(cause) || systemReason(error) !== undefined) throw error;
      const isLog = /replaying WAL/.test(message) && existsSync(log);
      if (isLog && !found.reasons.includes(LOG_DAMAGED)) {
        found.reasons.push(LOG_DAMAGED);
        found.kept.push(keepPart(log, Number(/entry at byte position (\d+)/.exec(message)?.[1] ?? 0)));
      } else if (isLog) found.kept.push(setAside(log));
      else {
        // A file that held no records may be anything.
        if ((latest?.records ?? 0) === 0) throw error;
        found.kept.push(setAside(path));
        if (existsSync(log)) found.kept.push(setAside(log));
      }
    }
  }
  return found;
}

const LOG_DAMAGED = "its log was damaged";

/** The last sequence that a store with its log holds; 0 for an empty one. Reading changes neither. */
async function sequenceOf(path: string): Promise<number> {
  const instance = await openInstance(path, "READ_ONLY");
  try {
    const connection = await instance.connect();
    const tables = await connection.runAndReadAll("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'meta'");
    if (Number(tables.value(0, 0)) === 0) return 0;
    const last = await connection.runAndReadAll(`SELECT "value" FROM meta WHERE "key" = 'last_sequence'`);
    return last.currentRowCount === 0 ? 0 : Number(last.value(0, 0));
  } finally {
    instance.closeSync();
  }
}

/** Renames a file, and returns its new name. */
export function setAside(path: string): string {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const free = (aside: string, next: number): string =>
    existsSync(aside) ? free(`${path}.damaged-${stamp}-${next}`, next + 1) : aside;
  const aside = free(`${path}.damaged-${stamp}`, 1);
  try {
    renameSync(path, aside);
    syncDirectory(dirname(path));
  } catch (cause) {
    throw fileError("FILE_UNWRITABLE", path, "cannot be set aside", cause);
  }
  return basename(aside);
}

/** Sets a file aside and leaves a copy of it. */
function keepCopy(path: string): string {
  const name = setAside(path);
  try {
    copyFileSync(`${dirname(path)}/${name}`, path);
  } catch (cause) {
    throw fileError("FILE_UNWRITABLE", path, "cannot be copied", cause);
  }
  return name;
}

/** Sets a file aside and leaves its first bytes. */
function keepPart(path: string, bytes: number): string {
  if (bytes === 0 || bytes >= statSync(path).size) return setAside(path);
  const name = keepCopy(path);
  truncateSync(path, bytes);
  return name;
}
