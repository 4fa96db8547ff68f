import type { Answer } from "../client/index.js";
import { sumOf } from "../shared/sum.js";
import { elapsed } from "../shared/time.js";

interface Gap {
  readonly count: number;
  readonly noun: string;
  readonly state: string;
}

type Spanned = Pick<Answer<"overview">, "span" | "completeness">;
type Completeness = Spanned["completeness"];

/** What the collector lost in the span of an answer, such as 3 frames dropped. */
export const lossesOf = ({ rejected, dropped, kernelDropped, withoutStart }: Completeness): readonly Gap[] =>
  [
    { count: sumOf(rejected), noun: "frame", state: "rejected" },
    { count: sumOf(dropped), noun: "frame", state: "dropped" },
    { count: kernelDropped, noun: "datagram", state: "dropped by the kernel" },
    { count: withoutStart, noun: "process", state: "without a start" },
  ].filter(({ count }) => count > 0);

/** What an answer left out because of the setting `answers.ignored-programs`. */
export const ignoredOf = (ignored: Answer<"overview">["ignored"] | undefined): readonly Gap[] =>
  ignored === undefined || ignored.processes === 0
    ? []
    : [{ count: ignored.processes, noun: "process", state: "left out by answers.ignored-programs" }];

/** What an answer does not say about the records that the collector has. */
export const omissionsOf = ({ incomplete, unchecked, withoutEnd, rollupLag }: Completeness): readonly Gap[] =>
  [
    { count: incomplete, noun: "process", state: "reported in part" },
    { count: unchecked, noun: "program", state: "not checked on disk" },
    { count: withoutEnd, noun: "process", state: "without an end" },
    { count: rollupLag, noun: "stored record", state: "not rolled up yet" },
  ].filter(({ count }) => count > 0);

/**
 * When there was no collector in the span of an answer, such as `no collector for 41 s`, and for which part of it nobody knows.
 *
 * @param timeText - writes a time.
 */
export function outagesOf(
  { span, completeness: { outages, outageSeconds, watchedSince } }: Spanned,
  timeText: (iso: string) => string,
): readonly string[] {
  const isPartlyUnknown = outages === null || watchedSince === null || (span.since ?? watchedSince) < watchedSince;
  return [
    ...(outages === null || outages === 0
      ? []
      : [`no collector for ${outageSeconds ? elapsed(outageSeconds) : "an unknown time"}`]),
    ...(isPartlyUnknown
      ? [
          `whether there was a collector${watchedSince === null ? "" : ` before ${timeText(watchedSince)}`} is not known`,
        ]
      : []),
  ];
}
