import type { Answer } from "../../lib/client/index.js";
import { sumOf } from "../../lib/shared/sum.js";
import { localTime } from "../../lib/shared/time.js";
import { counted } from "./text.js";

/** What an answer says about the data that it was made from. */
export type Coverage = Pick<Answer<"overview">, "span" | "completeness"> & { readonly next?: string | null };

/** The time span of an answer, its number of processes, what is missing from it, and the cursor of the next page. */
export function coverageLine({ span, completeness, next }: Coverage): string {
  const { rejected, dropped, kernelDropped, unseenMinutes, unchecked, incomplete, withoutEnd, rollupLag, processes } =
    completeness;
  const gaps = [
    [sumOf(rejected), "frame", "rejected"],
    [sumOf(dropped), "frame", "dropped"],
    [kernelDropped, "datagram", "dropped by the kernel"],
    [unseenMinutes, "minute", "without a collector"],
    [incomplete, "process", "reported in part"],
    [unchecked, "program", "not checked on disk"],
    [withoutEnd, "process", "without an end"],
    [rollupLag, "stored record", "not rolled up yet"],
  ] as const;
  const missing = gaps.filter(([count]) => count > 0).map(([count, noun, state]) => `${counted(count, noun)} ${state}`);
  const until = span.until === null ? "now" : localTime(span.until);
  const from = span.since === null ? "" : `${localTime(span.since)} to ${until}, `;
  const more = next == null ? "" : `(more: --cursor ${next})\n`;
  return `(${from}${counted(processes, "process")}${missing.length > 0 ? `; ${missing.join(", ")}` : ""})\n${more}`;
}
