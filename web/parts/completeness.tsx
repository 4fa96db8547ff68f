import type { Answer } from "../../lib/client/index.js";
import { ignoredOf, lossesOf, omissionsOf, outagesOf } from "../../lib/lists/gaps.js";
import { counted, time } from "../base/format.js";
import { address, changed, type Place } from "../base/router.js";
import { ALL_TIME } from "../base/time-range.js";
import { Reported } from "./text.js";

export type Spanned = Pick<Answer<"overview">, "span" | "completeness"> & Partial<Pick<Answer<"overview">, "ignored">>;

const inWords = (gaps: ReturnType<typeof lossesOf>) =>
  gaps.map(({ count, noun, state }) => `${counted(count, noun)} ${state}`);

/** The losses in a span and the times without a collector, with a link to the hours in which they happened. */
export function Losses({ of }: { of: Spanned }) {
  const losses = [...outagesOf(of, time), ...inWords(lossesOf(of.completeness))].join("; ");
  if (losses === "") return <>No loss was counted.</>;
  const hours = address("/problems", { show: "time", period: "hour" });
  return (
    <>
      <span class="tone-warn">{losses}</span> (<a href={hours}>when</a>).
    </>
  );
}

/** Why an answer is empty, and what it cannot know, in the collector's words. */
export const Notes = ({ of: { completeness } }: { of: Pick<Spanned, "completeness"> }) =>
  completeness.notes.length === 0 ? null : (
    <ul>
      {completeness.notes.map((note) => (
        <li key={note}>
          <Reported text={note} />
        </li>
      ))}
    </ul>
  );

/** For an answer without rows: the way to those before and after its time range. */
export const AllTime = ({ place }: { place: Place }) =>
  place.range.since === ALL_TIME && place.range.until === undefined ? null : (
    <p>
      <a href={changed(place, { since: ALL_TIME, until: undefined, cursor: undefined })}>Look in all time</a>
    </p>
  );

/** The span of an answer and what is missing from it, so that "not found" is not mistaken for "not used". */
export function Completeness({ of }: { of: Spanned }) {
  const { since, until } = of.span;
  const omissions = inWords([...omissionsOf(of.completeness), ...ignoredOf(of.ignored)]).join("; ");
  return (
    <p class="small faint">
      Covers {since === null ? "all time" : time(since)} to {until === null ? "now" : time(until)}:{" "}
      {counted(of.completeness.processes, "process")}. <Losses of={of} /> {omissions !== "" && `${omissions}.`}
    </p>
  );
}
