import type { Answer } from "../../lib/client/index.js";
import { lossesOf, omissionsOf } from "../../lib/lists/gaps.js";
import { counted, time } from "../base/format.js";
import { address } from "../base/router.js";

export type Spanned = Pick<Answer<"overview">, "span" | "completeness">;

const inWords = (gaps: ReturnType<typeof lossesOf>) =>
  gaps.map(({ count, noun, state }) => `${counted(count, noun)} ${state}`).join("; ");

/** The losses in a span, with a link to the hours in which they happened. */
export function Losses({ of: { span, completeness } }: { of: Spanned }) {
  const losses = lossesOf(completeness);
  if (losses.length === 0) return <>No loss was counted.</>;
  const { since, until } = span;
  const hours = address("/problems", { show: "time", period: "hour", since: since ?? "", until: until ?? "" });
  return (
    <>
      <span class="tone-warn">{inWords(losses)}</span> (<a href={hours}>when</a>).
    </>
  );
}

/** The span of an answer and what is missing from it, so that "not found" is not mistaken for "not used". */
export function Completeness({ of }: { of: Spanned }) {
  const { since, until } = of.span;
  const omissions = inWords(omissionsOf(of.completeness));
  return (
    <p class="small faint">
      Covers {since === null ? "all time" : time(since)} to {until === null ? "now" : time(until)}:{" "}
      {counted(of.completeness.processes, "process")}. <Losses of={of} /> {omissions !== "" && `${omissions}.`}
    </p>
  );
}
