import { createHash } from "node:crypto";

/** What a file name has for a job that has no id. `%` is followed by two hexadecimal digits in all names but these. */
const NO_JOB = "%none";
const EMPTY = "%";
/** Longer ones end with a digest instead (NAME_MAX is 255 bytes on all file systems of note). */
const LENGTH_LIMIT = 180;
const KEPT = 100;

/**
 * The file name for a job, whatever its id is: different ones for different ids, also where file systems know no upper
 * case, and none that leads elsewhere or is hidden. Lower-case letters, digits, `_`, `-` and dots (but a first one) stand for
 * themselves, all other bytes are `%hh`: decodeURIComponent gives the id back.
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
  if (name.length <= LENGTH_LIMIT) return name;
  return `${name.slice(0, KEPT).replace(/%.?$/, "")}%sha256-${createHash("sha256").update(job).digest("hex")}`;
}
