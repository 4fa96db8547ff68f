import { uuidOfDelivery } from "./delivery.js";
import { uuidOfJobEvent } from "./identity.js";
import type { FrameRecord } from "./record.js";

/** What tells the frame of a record from others. */
export function frameOf(record: FrameRecord): { uuid: string; kind: "start" | "end"; part: number } {
  const { kind, message } = record;
  if (kind === "job") return { uuid: uuidOfJobEvent(message), kind: "start", part: 0 };
  if (record.delivery !== undefined) return { uuid: uuidOfDelivery(record.delivery), kind: "start", part: 0 };
  return { uuid: kind === "start" ? record.uuid : record.message.uuid, kind, part: message.part?.index ?? 0 };
}
