import type { Answer } from "../../lib/client/index.js";
import { sumOf } from "../../lib/shared/sum.js";
import { counted, time } from "../base/format.js";
import { address } from "../base/router.js";

export type Spanned = Pick<Answer<"overview">, "span" | "completeness">;

type Losses = Pick<Spanned["completeness"], "rejected" | "dropped" | "kernelDropped">;

/** Frames that arrived and are not in the store. */
export const lostFrames = ({ rejected, dropped, kernelDropped }: Losses): number =>
  sumOf(rejected) + sumOf(dropped) + kernelDropped;

const joined = (texts: readonly (string | false)[]) => texts.filter((text) => text !== false).join("; ");

/** The losses in a span, with a link to the hours in which they happened. */
export function Losses({ of: { span, completeness } }: { of: Spanned }) {
  const { unseenMinutes, kernelDropped } = completeness;
  const [rejected, dropped] = [sumOf(completeness.rejected), sumOf(completeness.dropped)];
  const losses = joined([
    rejected > 0 && `${counted(rejected, "frame")} rejected`,
    dropped > 0 && `${counted(dropped, "frame")} dropped`,
    kernelDropped > 0 && `${counted(kernelDropped, "datagram")} dropped by the kernel`,
    unseenMinutes > 0 && `${counted(unseenMinutes, "minute")} without a collector`,
  ]);
  if (losses === "") return <>No loss was counted.</>;
  const { since, until } = span;
  const hours = address("/problems", { show: "time", period: "hour", since: since ?? "", until: until ?? "" });
  return (
    <>
      <span class="tone-warn">{losses}</span> (<a href={hours}>when</a>).
    </>
  );
}

/** The span of an answer and what is missing from it, so that "not found" is not mistaken for "not used". */
export function Completeness({ of }: { of: Spanned }) {
  const { since, until } = of.span;
  const { processes, unchecked, incomplete, withoutEnd, rollupLag } = of.completeness;
  const gaps = joined([
    rollupLag > 0 && `${counted(rollupLag, "stored record is", "stored records are")} not rolled up yet`,
    incomplete > 0 && `${counted(incomplete, "process is", "processes are")} incomplete`,
    unchecked > 0 && `${counted(unchecked, "program was", "programs were")} not checked on disk`,
    withoutEnd > 0 && `${counted(withoutEnd, "process has", "processes have")} no end`,
  ]);
  return (
    <p class="small faint">
      Covers {since === null ? "all time" : time(since)} to {until === null ? "now" : time(until)}:{" "}
      {counted(processes, "process", "processes")}. <Losses of={of} /> {gaps !== "" && `${gaps}.`}
    </p>
  );
}
