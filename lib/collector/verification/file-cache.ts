import type { FileIdentity } from "../../files/guarded.js";
import { BoundedMap } from "../../shared/bounded-map.js";
import { bytesOf, type Found, type Reach } from "../../verify/index.js";
import type { Examinations } from "./examinations.js";
import type { Requester } from "./look-budget.js";
import type { ExaminedFile } from "./looks.js";

/** Results of one generation: some 50,000 paths. Senders choose the paths, and files the notes. */
const MAX_CACHE_BYTES = 32 * 1024 * 1024;

/** Paths → results of their last examinations. A result stays in the cache until a caller asks for a new examination. */
export class FileCache {
  readonly #examinations: Examinations;
  readonly #files = new BoundedMap<ExaminedFile>(MAX_CACHE_BYTES, (key, { found }) => bytesOf(key, found));

  constructor(examinations: Examinations) {
    this.#examinations = examinations;
  }

  get(path: string, reach: Reach): ExaminedFile | undefined {
    return this.#files.get(keyOf(normalized(path), reach));
  }

  /** Examines a path now. */
  examine(path: string, reach: Reach, requester: Requester, onFile: (file: ExaminedFile) => void): void {
    const plain = normalized(path);
    const key = keyOf(plain, reach);
    this.#examinations.examine(plain, reach, requester, (file) => {
      const { found } = file;
      if (isRefusal(found)) {
        onFile(file);
        return;
      }
      const before = this.#files.get(key)?.found;
      // Findings on an unmodified file are cached by this object.
      const kept = before !== undefined && isUnmodified(before, found) ? { ...file, found: before } : file;
      this.#files.set(key, kept);
      onFile(kept);
    });
  }
}

/** The reach is part of the key: a path may be readable in one reach only. No path contains a NUL. */
const keyOf = (path: string, reach: Reach) => (reach === "host" ? path : `\0${path}`);

/**
 * A path without repeated slashes and without "." between them, which change nothing (path_resolution(7)). ".." stays,
 * since it leads to the parent of a link's target, and so does the end, since "a/" and "a/." name directories only.
 */
export const normalized = (path: string): string =>
  path.includes("//") || path.includes("/./") ? path.replace(/\/(?:\.?\/)+/g, "/") : path;

/** Whether nothing was learned about the file: the next process may get a result. */
const isRefusal = (found: Found): boolean =>
  found.state === "unchecked" &&
  (found.isAvoided === true || found.reason === "overload" || found.reason === "unavailable");

/** Whether two results are the same. Content is compared as well: a file may change twice within a tick of its clock. */
function isUnmodified(before: Found, now: Found): boolean {
  return (
    before.state === "read" &&
    now.state === "read" &&
    isSame(before.identity, now.identity) &&
    before.buildId === now.buildId &&
    before.signatures.join() === now.signatures.join()
  );
}

const isSame = (a: FileIdentity, b: FileIdentity): boolean =>
  a.device === b.device &&
  a.inode === b.inode &&
  a.size === b.size &&
  a.modified === b.modified &&
  a.changed === b.changed;
