import { PT_NOTE } from "../elf/constants.js";
import { readBuildId, readSegments, toElf } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import type { GuardOptions } from "../files/guard-options.js";
import { type FileIdentity, openGuarded } from "../files/guarded.js";
import { FileSource } from "../files/index.js";
import { readSignatures } from "../signature/index.js";
import type { Found, NotRead, UncheckedReason, UnreadableReason } from "./finding.js";
import type { ParsedFiles } from "./parsed-files.js";
import { readProvenance } from "./provenance.js";
import { ReadTimeout, TimedSource } from "./timed-source.js";

export interface ExamineRequest extends GuardOptions {
  readonly path: Buffer;
  /** What was found in files before. A file that is still the same is not parsed again. */
  readonly parsed?: ParsedFiles | undefined;
}

/** Of one segment of notes, a process reads no more when it reports its objects. */
const MAX_REPORTED_NOTES_BYTES = 64 * 1024;

/** The reasons of refusals that leave the file unchecked. Other refusals make it `missing` or `unreadable`. */
const UNCHECKED = { excluded: "policy", automount: "automount" } as const satisfies Record<string, UncheckedReason>;

/**
 * Examines a reported path: opens it guarded, then reads signatures and build-id. No content of the file makes it throw.
 *
 * @throws TypeError when `path` is a string: reported paths are bytes. Error when this process cannot examine any file: without descriptors, memory or /proc.
 */
export function examine({ path, parsed, ...guard }: ExamineRequest): Found {
  if (!(path instanceof Uint8Array)) throw new TypeError("path is a Buffer: reported paths are bytes");
  const opened = openGuarded(path, guard);
  if (typeof opened !== "string") return read(opened.descriptor, opened.identity, parsed);
  if (opened === "missing") return { state: "missing" };
  if (opened === "avoided") return { state: "unchecked", reason: "timeout", isAvoided: true };
  if (opened === "excluded" || opened === "automount") return notChecked(UNCHECKED[opened]);
  return { state: "unreadable", reason: opened };
}

function read(descriptor: number, identity: FileIdentity, parsed: ParsedFiles | undefined): Found {
  const source = new FileSource(descriptor, Number(identity.size), "");
  try {
    const known = parsed?.get(identity);
    if (known !== undefined) return known;
    const found = parse(new TimedSource(source), identity);
    parsed?.set(identity, found);
    return found;
  } finally {
    source.close();
  }
}

function parse(source: TimedSource, identity: FileIdentity): Found {
  try {
    // One budget bounds all that is read of the file.
    const elf = toElf(source);
    let hasDamagedNotes = false as boolean;
    const onProblem = (problem: OgrtError) => {
      if (problem.code === "LIMIT_EXCEEDED") throw problem;
      if (problem.code !== "AMBIGUOUS_NOTES") hasDamagedNotes = true;
    };
    const all = readSignatures(elf, { onProblem });
    // A note that is not loaded into memory cannot have been reported. It counts only if there is no other.
    const loaded = all.filter(({ allocatable }) => allocatable);
    const signatures = (loaded.length > 0 ? loaded : all).map(({ uuid }) => uuid);
    const buildId = readBuildId(elf);
    const hasLongNotes = [...readSegments(elf, PT_NOTE)].some(({ fileSize }) => fileSize > MAX_REPORTED_NOTES_BYTES);
    return {
      state: "read",
      identity,
      signatures,
      buildId,
      ...(hasLongNotes && { hasLongNotes }),
      ...(hasDamagedNotes && { hasDamagedNotes }),
      ...readProvenance(elf),
    };
  } catch (error) {
    if (error instanceof ReadTimeout) return notChecked("timeout");
    return { state: "unreadable", reason: reasonOf(error) };
  }
}

const notChecked = (reason: UncheckedReason): NotRead => ({ state: "unchecked", reason });

function reasonOf(error: unknown): UnreadableReason {
  if (!(error instanceof OgrtError)) throw error;
  if (error.code === "NOT_ELF") return "not-elf";
  if (error.code === "MALFORMED_ELF") return "malformed-elf";
  if (error.code === "LIMIT_EXCEEDED") return "limit-exceeded";
  return "io-error";
}
