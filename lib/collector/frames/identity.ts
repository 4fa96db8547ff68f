import { createHash } from "node:crypto";
import { uuidText } from "../../shared/hex.js";
import type { JobEvent } from "../../wire/index.js";

/**
 * UUID of a message whose client sends none: UUID version 8 (RFC 9562 section 5.8) over SHA-256. The same bytes get the
 * same UUID, so that duplicates are recognized.
 */
export function uuidOfContent(content: Uint8Array | string): string {
  const bytes = createHash("sha256").update(content).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return uuidText(bytes);
}

interface StoredJobEvent extends Omit<JobEvent, "time"> {
  readonly time: Pick<JobEvent["time"], "nanoseconds">;
}

/** UUID of the start or end of a job, from fields that the store keeps. */
export function uuidOfJobEvent({ type, job, cluster, time }: StoredJobEvent): string {
  return uuidOfContent([type, job, time.nanoseconds, ...(cluster === undefined ? [] : [cluster])].join("\0"));
}
