import type { Answer } from "../client/index.js";
import { sumOf } from "../shared/sum.js";

interface Gap {
  readonly count: number;
  readonly noun: string;
  readonly state: string;
}

type Completeness = Answer<"overview">["completeness"];

/** What the collector lost in the span of an answer, such as 3 frames dropped. */
export const lossesOf = ({ rejected, dropped, kernelDropped, unseenMinutes }: Completeness): readonly Gap[] =>
  [
    { count: sumOf(rejected), noun: "frame", state: "rejected" },
    { count: sumOf(dropped), noun: "frame", state: "dropped" },
    { count: kernelDropped, noun: "datagram", state: "dropped by the kernel" },
    { count: unseenMinutes, noun: "minute", state: "without a collector" },
  ].filter(({ count }) => count > 0);

/** What an answer does not say about the records that the collector has. */
export const omissionsOf = ({ incomplete, unchecked, withoutEnd, rollupLag }: Completeness): readonly Gap[] =>
  [
    { count: incomplete, noun: "process", state: "reported in part" },
    { count: unchecked, noun: "program", state: "not checked on disk" },
    { count: withoutEnd, noun: "process", state: "without an end" },
    { count: rollupLag, noun: "stored record", state: "not rolled up yet" },
  ].filter(({ count }) => count > 0);
