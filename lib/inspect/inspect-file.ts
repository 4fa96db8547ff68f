import type { Stats } from "node:fs";
import { ElfFile } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { digestSource } from "../files/digest.js";
import { type RawPath, rawToText, type SniffedFile, sniff } from "../files/index.js";
import { archiveFacts, elfFacts } from "./facts.js";
import type { FileFacts, FileFinding, Finding, Problem, ProblemFinding } from "./finding.js";

export interface FileOptions {
  /** Compute the SHA-256 of each file. */
  hash?: boolean;
  /** Read archives member by member; by default they are skipped. */
  archives?: boolean;
}

/**
 * The finding on one file; undefined when it is neither ELF nor a requested archive. No content or change of the file makes
 * it throw.
 *
 * @param named - the user gave this path: follow symbolic links, and report a file that is not ELF.
 */
export function inspectFile(path: RawPath, options: FileOptions, named: boolean): Finding | undefined {
  let sniffed: SniffedFile | undefined;
  try {
    sniffed = sniff(path, named);
    if (sniffed === undefined || (sniffed.type === "archive" && options.archives !== true)) {
      return named ? notElf(path) : undefined;
    }
    return fileFinding(path, sniffed, options);
  } catch (error) {
    if (!(error instanceof OgrtError)) throw error;
    return problemFinding(path, error, named);
  } finally {
    sniffed?.source.close();
  }
}

function fileFinding(path: RawPath, { type, source, stats }: SniffedFile, options: FileOptions): FileFinding {
  const problems: Problem[] = [];
  const reading = { onProblem: ({ code, message }: OgrtError) => void problems.push({ code, message }) };
  const facts = type === "ELF" ? elfFacts(new ElfFile(source, reading), reading) : archiveFacts(source, reading);
  return {
    finding: "file",
    path: rawToText(path),
    ...facts,
    ...fileFacts(stats),
    ...(options.hash === true && { sha256: digestSource(source).toString("hex") }),
    problems,
  };
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

function notElf(path: RawPath): ProblemFinding {
  const text = rawToText(path);
  return {
    finding: "problem",
    path: text,
    problem: "not ELF",
    error: { code: "NOT_ELF", message: `${text}: not an ELF file` },
  };
}

/** A finding on a problem, by the error's code. A missing file has vanished if a listing contained it. */
export function problemFinding(path: RawPath, error: OgrtError, named: boolean): ProblemFinding {
  const { code, message, value } = error;
  const gone = value === "ENOENT" || value === "ELOOP";
  const problem =
    code === "FILE_CHANGED"
      ? "changed"
      : code === "FILE_NOT_REGULAR"
        ? "special"
        : code === "FILE_UNREADABLE"
          ? gone && !named
            ? "vanished"
            : "unreadable"
          : "malformed";
  return { finding: "problem", path: rawToText(path), problem, error: { code, message } };
}
