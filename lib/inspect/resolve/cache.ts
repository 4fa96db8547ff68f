import { readFileSync } from "node:fs";
import { groupBy } from "../../shared/group-by.js";

/** ldconfig's cache: the files of each soname, best first. */
export type LoaderCache = Map<string, string[]>;

const MAGIC = "glibc-ld.so.cache1.1";
const HEADER_SIZE = 48;
const ENTRY_SIZE = 24;
/** A cache has some ten thousand entries when every package is installed. */
const MAX_CACHE_BYTES = 64 << 20;

/**
 * Reads /etc/ld.so.cache (glibc: sysdeps/generic/dl-cache.h, format 1.1; an older format may stand before it). Keeps
 * entries of other processors, which the resolver rejects when it opens the file. Empty without a cache, as on musl.
 */
export function readLoaderCache(path = "/etc/ld.so.cache"): LoaderCache {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return new Map();
  }
  return bytes.length > MAX_CACHE_BYTES ? new Map() : parseLoaderCache(bytes);
}

export function parseLoaderCache(bytes: Buffer): LoaderCache {
  const entries: [name: string, file: string][] = [];
  const start = bytes.indexOf(MAGIC);
  if (start === -1 || start + HEADER_SIZE > bytes.length) return new Map();
  const little = bytes[start + 28] !== 3;
  const u32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const count = Math.min(u32(start + 20), Math.floor((bytes.length - start - HEADER_SIZE) / ENTRY_SIZE));
  for (let index = 0; index < count; index++) {
    const at = start + HEADER_SIZE + index * ENTRY_SIZE;
    // The resolver finds libraries below glibc-hwcaps by their directory.
    if (u32(at + 16) !== 0 || u32(at + 20) !== 0) continue;
    entries.push([stringAt(bytes, start + u32(at + 4)), stringAt(bytes, start + u32(at + 8))]);
  }
  return groupBy(
    entries,
    ([name]) => name,
    ([, file]) => file,
  );
}

function stringAt(bytes: Buffer, offset: number): string {
  const end = offset < bytes.length ? bytes.indexOf(0, offset) : -1;
  return end === -1 ? "" : bytes.toString("latin1", offset, end);
}
