import type { Answer } from "../../lib/client/index.js";
import { sumOf } from "../../lib/shared/sum.js";
import { localTime } from "../../lib/shared/time.js";

/** What an answer says about the data that it was made from. */
export type Coverage = Pick<Answer<"overview">, "span" | "completeness"> & { readonly next?: string | null };

/** The time span of an answer, its number of processes, what is missing from it, and the cursor of the next page. */
export function coverageLine({ span, completeness, next }: Coverage): string {
  const { rejected, dropped, kernelDropped, unseenMinutes, unchecked, incomplete, withoutEnd, rollupLag, processes } =
    completeness;
  const gaps = [
    [sumOf(rejected), "frames were rejected"],
    [sumOf(dropped), "frames were dropped"],
    [kernelDropped, "datagrams were dropped by the kernel"],
    [unseenMinutes, "minutes passed without a collector"],
    [incomplete, "processes are incomplete"],
    [unchecked, "programs were not checked on disk"],
    [withoutEnd, "processes have no end"],
    [rollupLag, "stored records are not rolled up yet"],
  ] as const;
  const missing = gaps.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const until = span.until === null ? "now" : localTime(span.until);
  const from = span.since === null ? "" : `${localTime(span.since)} to ${until}, `;
  const more = next == null ? "" : `(more: --cursor ${next})\n`;
  return `(${from}${processes} processes${missing.length > 0 ? `; ${missing.join(", ")}` : ""})\n${more}`;
}
