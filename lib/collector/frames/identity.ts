import { createHash } from "node:crypto";
import { uuidText } from "../../shared/hex.js";
import type { JobEvent } from "../../wire/index.js";
import type { FrameRecord } from "./record.js";

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

/** UUID of the start or end of a job, from fields that the store keeps. */
export function uuidOfJobEvent(type: JobEvent["type"], job: string, nanoseconds: bigint): string {
  return uuidOfContent(`${type}\0${job}\0${nanoseconds}`);
}

/** What tells the frame of a record from others. */
export function frameOf(record: FrameRecord): { uuid: string; kind: "start" | "end"; part: number } {
  const { kind, message } = record;
  if (kind === "job") {
    return { uuid: uuidOfJobEvent(message.type, message.job, message.time.nanoseconds), kind: "start", part: 0 };
  }
  return { uuid: kind === "start" ? record.uuid : record.message.uuid, kind, part: message.part?.index ?? 0 };
}
