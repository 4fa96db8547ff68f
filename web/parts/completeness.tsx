import type { Answer } from "../../lib/client/index.js";
import { counted, time } from "./format.js";

type Spanned = Pick<Answer<"overview">, "span" | "completeness">;

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0);

type Losses = Pick<Spanned["completeness"], "rejected" | "dropped" | "kernelDropped">;

/** Frames that arrived and are not there. */
export const lostIn = ({ rejected, dropped, kernelDropped }: Losses): number =>
  sum(rejected) + sum(dropped) + kernelDropped;

/** Which time an answer covers, and what is missing in it: nobody should take "not found" for "not used". */
export function Completeness({ of: { span, completeness } }: { of: Spanned }) {
  const { processes, unchecked, incomplete, withoutEnd, undigested, unseenMinutes, kernelDropped } = completeness;
  const [rejected, dropped] = [sum(completeness.rejected), sum(completeness.dropped)];
  const lost = rejected + dropped + kernelDropped;
  const missing = [
    rejected > 0 && `${counted(rejected, "frame")} made no sense`,
    dropped > 0 && `${counted(dropped, "frame")} could not be kept`,
    kernelDropped > 0 && `${counted(kernelDropped, "datagram")} lost by the kernel`,
    unseenMinutes > 0 && `${counted(unseenMinutes, "minute")} without a collector`,
    incomplete > 0 && `${counted(incomplete, "process", "processes")} told only a part`,
    unchecked > 0 && `${counted(unchecked, "program")} not looked at on disk`,
    withoutEnd > 0 && `${counted(withoutEnd, "process", "processes")} without an end`,
    undigested > 0 && `${counted(undigested, "stored record")} not in it yet`,
  ].filter((text) => text !== false);
  return (
    <p class="small faint">
      Covers {span.since === null ? "all time" : time(span.since)} to {span.until === null ? "now" : time(span.until)}:{" "}
      {counted(processes, "process", "processes")}. {lost === 0 && unseenMinutes === 0 ? "No loss was counted." : null}{" "}
      {missing.length > 0 && `${missing.join("; ")}.`}
    </p>
  );
}
