import type { Stats } from "node:fs";
import { dirname } from "node:path/posix";
import { DEFAULT_LIMITS, type Limits, type ReadOptions, type Source } from "../elf/index.js";
import { type ErrorCode, OgrtError } from "../errors.js";
import { digestSource } from "../files/digest.js";
import { type RawPath, rawToText, type SniffedFile, sniff, ThinMembers } from "../files/index.js";
import { archiveFacts } from "./archive-facts.js";
import { elfFacts } from "./facts.js";
import type { FileFacts, FileFinding, Finding, ProblemFinding, StatedFacts } from "./finding.js";
import { moduleFacts } from "./module-facts.js";
import { ProblemList } from "./problem-list.js";

export interface FileOptions {
  /** Compute the SHA-256 of each file. */
  hash?: boolean;
  /** Read archives member by member; by default they are skipped. */
  archives?: boolean;
  /** Factor on the limits of what is read of one file; 1 by default. */
  limitScale?: number;
}

/**
 * The finding on one file; undefined when it is neither ELF nor a requested archive nor a kernel module. Later for compressed
 * kernel modules: xz is inflated asynchronously. No content or change of the file makes it throw.
 *
 * @param root - the given directory that a scan found this path in. Without it, the user gave this path: follow symbolic
 * links, and report a file that is not ELF.
 */
export function inspectFile(
  path: RawPath,
  options: FileOptions,
  root?: RawPath,
): Finding | undefined | Promise<Finding | undefined> {
  const named = root === undefined;
  const failed = (error: unknown): ProblemFinding => {
    if (!(error instanceof OgrtError)) throw error;
    return problemFinding(path, error, named);
  };
  let sniffed: SniffedFile | undefined;
  let later: Promise<Finding> | undefined;
  try {
    sniffed = sniff(path, named);
    if (sniffed === undefined || (sniffed.type === "archive" && options.archives !== true)) {
      if (!named) return undefined;
      const error = new OgrtError("NOT_ELF", "not an ELF file", { path: rawToText(path) });
      return { ...problemFinding(path, error, named), problem: "not ELF" };
    }
    const { source } = sniffed;
    const found = fileFinding(path, sniffed, options, root ?? dirname(path));
    if (found instanceof Promise) later = found.catch(failed).finally(() => source.close());
    return later ?? found;
  } catch (error) {
    return failed(error);
  } finally {
    if (later === undefined) sniffed?.source.close();
  }
}

function fileFinding(
  path: RawPath,
  { type, source, stats }: SniffedFile,
  options: FileOptions,
  root: RawPath,
): FileFinding | Promise<FileFinding> {
  const problems = new ProblemList();
  const reading = { ...scaledLimits(options.limitScale), onProblem: problems.onProblem };
  const finding = (facts: StatedFacts): FileFinding => ({
    finding: "file",
    path: rawToText(path),
    ...facts,
    ...fileFacts(stats),
    ...(options.hash === true && { sha256: digestSource(source).toString("hex") }),
    ...problems.facts(),
  });
  if (type === "ELF") return finding(elfFacts(source, reading));
  if (type === "archive") return finding(factsOfArchive(path, source, reading, root));
  return moduleFacts(source, type, reading).then(finding);
}

function scaledLimits(scale = 1): Limits {
  const limits = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(limits) as (keyof Limits)[]) limits[name] *= scale;
  return limits;
}

function factsOfArchive(path: RawPath, source: Source, reading: ReadOptions, root: RawPath) {
  const files = new ThinMembers(path, root);
  try {
    return archiveFacts(source, reading, (member) => files.open(member));
  } finally {
    files.close();
  }
}

function fileFacts(stats: Stats): FileFacts {
  return {
    size: stats.size,
    uid: stats.uid,
    gid: stats.gid,
    mode: (stats.mode & 0o7777).toString(8).padStart(4, "0"),
    modified: new Date(stats.mtimeMs).toISOString(),
    identity: `${stats.dev}:${stats.ino}`,
    links: stats.nlink,
  };
}

const PROBLEMS: Partial<Record<ErrorCode, ProblemFinding["problem"]>> = {
  // A compressed kernel module with something else in it.
  NOT_ELF: "not ELF",
  FILE_CHANGED: "changed",
  FILE_NOT_REGULAR: "special",
  FILE_UNREADABLE: "unreadable",
};

/** A finding on a problem, by the error's code. A missing file has vanished if a listing contained it. */
export function problemFinding(path: RawPath, error: OgrtError, named: boolean): ProblemFinding {
  const { code, message, value } = error;
  const isGone = code === "FILE_UNREADABLE" && (value === "ENOENT" || value === "ELOOP");
  const problem = isGone && !named ? "vanished" : (PROBLEMS[code] ?? "malformed");
  return { finding: "problem", path: rawToText(path), problem, error: { code, message } };
}
