import { readdirSync, readFileSync } from "node:fs";

/**
 * Descriptors that connections leave free, besides those that are open at the start: for the store and its copies, files
 * of outputs, child processes and their pipes, and /proc.
 */
const RESERVED_DESCRIPTORS = 128;
/** Part of the others that HTTP may use; the stream listeners share the rest. */
const HTTP_SHARE = 0.5;
/** Places that every listener has, however few descriptors there are. */
const MIN_PLACES = 8;

/** Connections that each listener may have, from the limit of open files. */
export interface ConnectionPlaces {
  readonly http: number;
  /** For each stream listener. */
  readonly stream: number;
}

/** Divides the descriptors that this process may open. Node.js raises the soft limit to the hard one when it starts. */
export function connectionPlaces(
  streamListeners: number,
  limit = descriptorLimit(),
  open = openDescriptors(),
): ConnectionPlaces {
  const free = Math.max(0, limit - open - RESERVED_DESCRIPTORS);
  const http = Math.max(MIN_PLACES, Math.floor(free * HTTP_SHARE));
  return { http, stream: Math.max(MIN_PLACES, Math.floor((free * (1 - HTTP_SHARE)) / Math.max(1, streamListeners))) };
}

/** The soft limit of open files (proc(5)); infinite where it is not known. */
function descriptorLimit(): number {
  const limit = Number(
    /^Max open files\s+(\d+)/m.exec(readOr(() => readFileSync("/proc/self/limits", "latin1"), ""))?.[1],
  );
  return Number.isNaN(limit) ? Number.POSITIVE_INFINITY : limit;
}

const openDescriptors = (): number => readOr(() => readdirSync("/proc/self/fd").length, 0);

function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
