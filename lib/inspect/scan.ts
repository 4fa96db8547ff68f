import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { isDirectory, type RawPath, rawFromArgument, walkTree } from "../files/index.js";
import { pathGlob } from "../shared/glob.js";
import { type Finding, isStamped } from "./finding.js";
import { type FileOptions, inspectFile, problemFinding } from "./inspect-file.js";
import { Pool } from "./pool.js";

export interface ScanOptions extends FileOptions {
  /** Do not enter other file systems that are mounted below a given directory. */
  oneFileSystem?: boolean;
  /** Path globs: only files with such a path are read. */
  include?: readonly string[];
  /** Path globs: files and directories with such a path are skipped. */
  exclude?: readonly string[];
  /** Number of threads that read files, including this one; by default one per processor, at most four. */
  threads?: number;
  /** Ends the scan early; the summary then says `interrupted`. */
  signal?: AbortSignal;
}

/** Counts of a scan, valid at any time. */
export interface Summary {
  /** Regular files, whatever they contain. */
  files: number;
  directories: number;
  elf: number;
  archives: number;
  stamped: number;
  unstamped: number;
  /** Separate debug files, which are neither stamped nor unstamped. */
  debug: number;
  /** Further names of files that are already counted. */
  duplicates: number;
  unreadable: number;
  vanished: number;
  malformed: number;
  /** FIFOs, sockets and devices, which are not opened. */
  special: number;
  interrupted: boolean;
}

/** The findings of a scan, and its counts. */
export interface Scan extends AsyncIterable<Finding> {
  readonly summary: Summary;
}

/** Files per batch. A thread gets one batch at a time, and the event loop runs between batches. */
const BATCH_FILES = 512;
/** Smaller scans use one thread: starting another one takes some 30 ms. */
const MIN_FILES_FOR_THREADS = 2 * BATCH_FILES;
/** Batches in flight before the walk waits. */
const MAX_PENDING_BATCHES = 32;

/**
 * Inspects files and directory trees. Yields a finding for each ELF file, for each archive on request, and for each path
 * that cannot be read. A file with several names is reported once. Memory grows by some 20 bytes per ELF file only.
 *
 * @throws TypeError for a single path instead of a list.
 */
export function inspect(
  paths: Iterable<string | Buffer> | AsyncIterable<string | Buffer>,
  options: ScanOptions = {},
): Scan {
  // A string is an iterable of its characters, the first of which is often "/".
  if (typeof paths === "string") throw new TypeError("inspect expects a list of paths");
  const summary: Summary = {
    files: 0,
    directories: 0,
    elf: 0,
    archives: 0,
    stamped: 0,
    unstamped: 0,
    debug: 0,
    duplicates: 0,
    unreadable: 0,
    vanished: 0,
    malformed: 0,
    special: 0,
    interrupted: false,
  };
  return { summary, [Symbol.asyncIterator]: () => run(paths, options, summary) };
}

async function* run(
  paths: Parameters<typeof inspect>[0],
  options: ScanOptions,
  summary: Summary,
): AsyncGenerator<Finding> {
  const { oneFileSystem = false, hash = false, archives = false, limitScale = 1 } = options;
  const isExcluded = anyGlob(options.exclude ?? []);
  const isIncluded = options.include === undefined ? () => true : anyGlob(options.include);
  const file: FileOptions = { hash, archives, limitScale };
  const threads = options.threads ?? Math.min(availableParallelism(), 4);
  const isNew = newFileTest(summary);
  const pool = new Pool(file);
  let batch: RawPath[] = [];
  try {
    for await (const given of paths) {
      const root = rawFromArgument(given);
      if (!isDirectory(root)) {
        summary.files++;
        const finding = await inspectFile(root, { ...file, archives: true });
        if (finding !== undefined && isNew(finding)) yield count(finding, summary);
        continue;
      }
      for (const step of walkTree(root, { oneFileSystem, skip: isExcluded })) {
        summary.directories++;
        summary.special += step.special;
        if (step.error !== undefined) {
          yield count({ ...problemFinding(step.directory, step.error, true), problem: "directory" }, summary);
        }
        const prefix = step.directory.endsWith("/") ? step.directory : `${step.directory}/`;
        for (const name of step.files) {
          const path = prefix + name;
          if (isExcluded(path) || !isIncluded(path)) continue;
          summary.files++;
          batch.push(path);
          if (batch.length < BATCH_FILES) continue;
          if (await interrupted(options, summary)) return;
          if (summary.files > MIN_FILES_FOR_THREADS) pool.grow(threads - 1);
          await pool.add(root, batch);
          batch = [];
          for await (const finding of finished(pool, MAX_PENDING_BATCHES))
            if (isNew(finding)) yield count(finding, summary);
        }
      }
      if (await interrupted(options, summary)) return;
      await pool.add(root, batch);
      batch = [];
      for await (const finding of finished(pool, 0)) if (isNew(finding)) yield count(finding, summary);
    }
  } finally {
    await pool.close();
  }
}

/** Findings of finished batches, in order. Waits only while more than `most` batches are in flight. */
async function* finished(pool: Pool, most: number): AsyncGenerator<Finding> {
  while (pool.pending > 0) {
    const findings = pool.take();
    if (findings !== undefined) yield* findings;
    else if (pool.pending > most) await setImmediate();
    else return;
  }
}

/** Lets the event loop run, and returns whether the scan must end. */
async function interrupted({ signal }: ScanOptions, summary: Summary): Promise<boolean> {
  await setImmediate();
  if (signal?.aborted === true) summary.interrupted = true;
  return summary.interrupted;
}

function anyGlob(globs: readonly string[]): (path: RawPath) => boolean {
  const tests = globs.map(pathGlob);
  return (path) => tests.some((test) => test(path));
}

/**
 * Tests whether a file is new: hard links, bind mounts and repeated paths lead to the same file. Inodes are kept as
 * numbers, some 20 bytes per ELF file; a file whose inode exceeds a number always counts as new.
 */
function newFileTest(summary: Summary): (finding: Finding) => boolean {
  const seen = new Map<string, Set<number>>();
  return (finding) => {
    if (finding.finding !== "file") return true;
    const [device = "", text = ""] = finding.identity.split(":");
    const inode = Number(text);
    if (!Number.isSafeInteger(inode)) return true;
    const inodes = seen.get(device) ?? new Set();
    if (inodes.has(inode)) {
      summary.duplicates++;
      return false;
    }
    seen.set(device, inodes.add(inode));
    return true;
  };
}

function count(finding: Finding, summary: Summary): Finding {
  if (finding.finding === "file") {
    if (finding.kind === "archive") summary.archives++;
    else summary.elf++;
    if (finding.kind === "debug file") summary.debug++;
    const stamped = isStamped(finding);
    if (stamped === true) summary.stamped++;
    else if (stamped === false) summary.unstamped++;
  } else if (finding.problem === "vanished") summary.vanished++;
  else if (finding.problem === "malformed" || finding.problem === "changed") summary.malformed++;
  else if (finding.problem === "special") summary.special++;
  else if (finding.problem !== "not ELF") summary.unreadable++;
  return finding;
}
