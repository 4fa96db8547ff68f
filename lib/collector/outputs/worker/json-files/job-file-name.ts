import { createHash } from "node:crypto";

/** File name for processes without a job. In all other names except these two, `%` precedes two hexadecimal digits. */
const NO_JOB = "%none";
const EMPTY = "%";
/** Longer names end with a hash (NAME_MAX is 255 bytes on common file systems). */
const MAX_NAME_CHARACTERS = 180;
/** What a long name keeps of the escaped id. */
const KEPT_CHARACTERS = 100;

/**
 * Returns the file name for a job, `[CLUSTER:]ID`. Different jobs have different names, also on file systems that ignore case. No name is
 * hidden or leads to another directory. Lower-case letters, digits, `_`, `-` and dots that are not the first character
 * stay; every other byte becomes `%hh`, so decodeURIComponent returns the job.
 */
export function jobFileName(job: string | null): string {
  return `${escaped(job)}.jsonl`;
}

function escaped(job: string | null): string {
  if (job === null) return NO_JOB;
  if (job === "") return EMPTY;
  const name = Array.from(Buffer.from(job), (byte, index) => {
    const sign = String.fromCharCode(byte);
    return /[a-z0-9_-]/.test(sign) || (sign === "." && index > 0) ? sign : `%${byte.toString(16).padStart(2, "0")}`;
  }).join("");
  if (name.length <= MAX_NAME_CHARACTERS) return name;
  return `${name.slice(0, KEPT_CHARACTERS).replace(/%.?$/, "")}%sha256-${createHash("sha256").update(job).digest("hex")}`;
}
