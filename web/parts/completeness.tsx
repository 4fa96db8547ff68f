import type { Answer } from "../../lib/client/index.js";
import { sumOf } from "../../lib/shared/sum.js";
import { counted, time } from "../base/format.js";

type Spanned = Pick<Answer<"overview">, "span" | "completeness">;

type Frames = Pick<Spanned["completeness"], "rejected" | "dropped" | "kernelDropped">;

/** Frames that arrived and are not there. */
export const lostIn = ({ rejected, dropped, kernelDropped }: Frames): number =>
  sumOf(rejected) + sumOf(dropped) + kernelDropped;

const said = (texts: readonly (string | false)[]) => texts.filter((text) => text !== false).join("; ");

/** What was lost in a time, in words, and where it is told in detail. */
export function Losses({ of: { span, completeness } }: { of: Spanned }) {
  const { unseenMinutes, kernelDropped } = completeness;
  const [rejected, dropped] = [sumOf(completeness.rejected), sumOf(completeness.dropped)];
  const losses = said([
    rejected > 0 && `${counted(rejected, "frame")} made no sense`,
    dropped > 0 && `${counted(dropped, "frame")} could not be kept`,
    kernelDropped > 0 && `${counted(kernelDropped, "datagram")} lost by the kernel`,
    unseenMinutes > 0 && `${counted(unseenMinutes, "minute")} without a collector`,
  ]);
  if (losses === "") return <>No loss was counted.</>;
  const query = new URLSearchParams({ show: "time", period: "hour" });
  if (span.since !== null) query.set("since", span.since);
  if (span.until !== null) query.set("until", span.until);
  return (
    <>
      <span class="tone-warn">{losses}</span> (<a href={`/problems?${query}`}>when</a>).
    </>
  );
}

/** Which time an answer covers, and what is missing in it: nobody should take "not found" for "not used". */
export function Completeness({ of }: { of: Spanned }) {
  const { since, until } = of.span;
  const { processes, unchecked, incomplete, withoutEnd, rollupLag } = of.completeness;
  const partial = said([
    rollupLag > 0 && `${counted(rollupLag, "stored record")} may be missing here: /readyz says why`,
    incomplete > 0 && `${counted(incomplete, "process", "processes")} told only a part`,
    unchecked > 0 && `${counted(unchecked, "program")} not looked at on disk`,
    withoutEnd > 0 && `${counted(withoutEnd, "process", "processes")} without an end`,
  ]);
  return (
    <p class="small faint">
      Covers {since === null ? "all time" : time(since)} to {until === null ? "now" : time(until)}:{" "}
      {counted(processes, "process", "processes")}. <Losses of={of} /> {partial !== "" && `${partial}.`}
    </p>
  );
}
