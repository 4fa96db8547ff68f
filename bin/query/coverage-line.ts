import type { Answer } from "../../lib/client/index.js";
import { lossesOf, omissionsOf } from "../../lib/lists/gaps.js";
import { localTime } from "../../lib/shared/time.js";
import { counted } from "./text.js";

/** What an answer says about the data that it was made from. */
export type Coverage = Pick<Answer<"overview">, "span" | "completeness"> & { readonly next?: string | null };

/** The time span of an answer, its number of processes, what is missing from it, and the cursor of the next page. */
export function coverageLine({ span, completeness, next }: Coverage): string {
  const missing = [...lossesOf(completeness), ...omissionsOf(completeness)]
    .map(({ count, noun, state }) => `${counted(count, noun)} ${state}`)
    .join(", ");
  const until = span.until === null ? "now" : localTime(span.until);
  const from = span.since === null ? "" : `${localTime(span.since)} to ${until}, `;
  const more = next == null ? "" : `(more: --cursor ${next})\n`;
  return `(${from}${counted(completeness.processes, "process")}${missing && `; ${missing}`})\n${more}`;
}
