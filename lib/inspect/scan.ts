import { setImmediate } from "node:timers/promises";
import type { OgrtError } from "../errors.js";
import { isDirectory, type RawPath, rawFromArgument, rawToText, type TreeOptions, walkTree } from "../files/index.js";
import type { Finding } from "./finding.js";
import { globTest } from "./glob.js";
import { type FileOptions, inspectFile, problemFinding } from "./inspect-file.js";

export interface ScanOptions extends Omit<FileOptions, "isNew"> {
  /** Do not go into other file systems that are mounted below a given directory. */
  oneFileSystem?: boolean;
  /** Globs: only files with such a path are looked at. */
  include?: readonly string[];
  /** Globs: files and directories with such a path are left out. */
  exclude?: readonly string[];
  /** Ends the scan early; what was found so far has been yielded, and the summary says `interrupted`. */
  signal?: AbortSignal;
}

/** Counts of a scan, valid at any time. */
export interface Summary {
  /** Regular files looked at, however they turned out. */
  files: number;
  directories: number;
  elf: number;
  archives: number;
  stamped: number;
  unstamped: number;
  /** Separate debug files, which are neither stamped nor unstamped. */
  debug: number;
  /** Further names of files that were counted already. */
  duplicates: number;
  unreadable: number;
  vanished: number;
  malformed: number;
  /** FIFOs, sockets and devices, which are not opened. */
  special: number;
  interrupted: boolean;
}

/** Findings as they come, and the counts. */
export interface Scan extends AsyncIterable<Finding> {
  readonly summary: Summary;
}

/** Files between two looks at the event loop, so that signals and timers get their turn. */
const SLICE = 512;

/**
 * Inspects files and directory trees: a finding for each ELF file (and archive, when asked for), and for each path that
 * could not be read. A file with several names is found once. Memory does not grow with the tree, but for the files
 * with several names.
 */
export function inspect(
  paths: Iterable<string | Buffer> | AsyncIterable<string | Buffer>,
  options: ScanOptions = {},
): Scan {
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
  paths: Iterable<string | Buffer> | AsyncIterable<string | Buffer>,
  options: ScanOptions,
  summary: Summary,
): AsyncGenerator<Finding> {
  const included = options.include?.map(globTest) ?? [];
  const excluded = options.exclude?.map(globTest) ?? [];
  const unwanted = (path: RawPath) =>
    (excluded.length > 0 && excluded.some((test) => test(path))) ||
    (included.length > 0 && !included.some((test) => test(path)));
  const seen = new Set<string>();
  const file: FileOptions = {
    ...(options.hash !== undefined && { hash: options.hash }),
    ...(options.archives !== undefined && { archives: options.archives }),
    isNew(identity) {
      if (!seen.has(identity)) return seen.add(identity) !== undefined;
      summary.duplicates++;
      return false;
    },
  };
  const tree: TreeOptions = {
    ...(options.oneFileSystem !== undefined && { oneFileSystem: options.oneFileSystem }),
    ...(excluded.length > 0 && { skip: (directory) => excluded.some((test) => test(directory)) }),
  };
  let slice = 0;
  for await (const given of paths) {
    const root = rawFromArgument(given);
    if (!isDirectory(root)) {
      summary.files++;
      const finding = inspectFile(root, { ...file, archives: true }, true);
      if (finding !== undefined) yield count(finding, summary);
      continue;
    }
    for (const step of walkTree(root, tree)) {
      summary.directories++;
      summary.special += step.special;
      if (step.error !== undefined) yield count(directoryFinding(step.directory, step.error), summary);
      const prefix = step.directory.endsWith("/") ? step.directory : `${step.directory}/`;
      for (const name of step.files) {
        if (slice++ % SLICE === 0) await setImmediate();
        if (options.signal?.aborted === true) {
          summary.interrupted = true;
          return;
        }
        const path = prefix + name;
        if (unwanted(path)) continue;
        summary.files++;
        const finding = inspectFile(path, file, false);
        if (finding !== undefined) yield count(finding, summary);
      }
    }
  }
}

const directoryFinding = (directory: RawPath, error: OgrtError): Finding => ({
  ...problemFinding(directory, error, true),
  problem: "directory",
  path: rawToText(directory),
});

function count(finding: Finding, summary: Summary): Finding {
  if (finding.finding === "file") {
    if (finding.kind === "archive") summary.archives++;
    else summary.elf++;
    if (finding.kind === "debug file") summary.debug++;
    else if (finding.signatures.length > 0) summary.stamped++;
    else summary.unstamped++;
  } else if (finding.problem === "vanished") summary.vanished++;
  else if (finding.problem === "malformed" || finding.problem === "changed") summary.malformed++;
  else if (finding.problem === "special") summary.special++;
  else if (finding.problem !== "not ELF") summary.unreadable++;
  return finding;
}
