import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../../lib/client/index.js";
import { sumOf } from "../../lib/shared/sum.js";
import { compact, count, counted, share } from "../base/format.js";
import { Figure, Figures } from "../parts/figures.js";

type Counts = Answer<"accounting">;

const RATES = { last1: "Last minute", last5: "Last 5 minutes", last15: "Last 15 minutes" } as const;

/** The rates at which frames arrive. */
export function Receiving({ counts, stats }: { counts: Counts | undefined; stats: Answer<"stats"> | undefined }) {
  const current = useCurrentRate(counts);
  return (
    <Figures>
      <Figure name="Receiving now" note="frames per second">
        {rate(current)}
      </Figure>
      {(["last1", "last5", "last15"] as const).map((span) => (
        <Figure key={span} name={RATES[span]} note="frames per second">
          {rate(stats?.received[span])}
        </Figure>
      ))}
      <Figure name="Received" note="frames since the start">
        {counts === undefined ? "–" : compact(counts.received)}
      </Figure>
    </Figures>
  );
}

export const rate = (value: number | undefined) =>
  value === undefined ? "–" : value >= 100 || value === 0 ? compact(value) : value.toFixed(1);

/** Frames per second between the two newest answers. */
function useCurrentRate(counts: Counts | undefined): number | undefined {
  const previous = useRef<{ received: number; at: number } | undefined>(undefined);
  const [current, setCurrent] = useState<number>();
  useEffect(() => {
    if (counts === undefined) return;
    const { received } = counts;
    const at = performance.now();
    const last = previous.current;
    if (last !== undefined && at > last.at) {
      setCurrent(Math.max(0, (1000 * (received - last.received)) / (at - last.at)));
    }
    previous.current = { received, at };
    // Depends on the answer itself, because an answer with the same counts is a new measurement, too.
  }, [counts]);
  return current;
}

/** Whether frames were lost since the start, in words. @param isOld - whether the collector has stopped answering since. */
export function lossText({ received, rejected, dropped, kernelDropped }: Counts, isOld: boolean) {
  const lost = sumOf(rejected) + sumOf(dropped) + kernelDropped;
  const text =
    lost === 0
      ? "✓ Nothing was lost."
      : `✕ ${counted(lost, "frame")} not in the store (${share(lost, received + kernelDropped)}).`;
  return {
    text: isOld ? `When the collector answered last: ${text}` : text,
    tone: isOld ? "faint" : lost === 0 ? "tone-good" : "tone-bad",
  };
}

/** The outcome of every frame. @param isOld - whether the collector has stopped answering since. */
export function Accounting({ counts, isOld }: { counts: Counts; isOld: boolean }) {
  const { received, stored, duplicate, rejected, dropped, pending, kernelDropped } = counts;
  const byReason = (outcome: string, all: Record<string, number>) =>
    Object.entries(all).map(([reason, frames]) => [`${outcome}: ${reason}`, frames] as const);
  const { text, tone } = lossText(counts, isOld);
  const rows: (readonly [string, number])[] = [
    ["Stored", stored],
    ["Duplicates", duplicate],
    ...byReason("Rejected", rejected),
    ...byReason("Dropped", dropped),
    ["In flight", pending],
  ];
  return (
    <>
      <p class={tone}>{text}</p>
      <table class="plain">
        <caption class="unseen">Outcome of every frame</caption>
        <tbody>
          {rows.map(([outcome, frames]) => (
            <Row key={outcome} name={outcome} frames={frames} />
          ))}
          <Row name="Received" frames={received} isSum />
          <Row name="Dropped by the kernel before" frames={kernelDropped} />
        </tbody>
      </table>
    </>
  );
}

const Row = ({ name, frames, isSum = false }: { name: string; frames: number; isSum?: boolean }) => (
  <tr class={isSum ? "sum" : undefined}>
    <th scope="row">{name}</th>
    <td class="num">{count(frames)}</td>
  </tr>
);
