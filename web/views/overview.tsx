import { useMemo } from "preact/hooks";
import type { Answer } from "../../lib/client/index.js";
import { useAnswer } from "../base/answers.js";
import { time } from "../base/format.js";
import { address, type ViewProps } from "../base/router.js";
import { Losses } from "../parts/completeness.js";
import { Sheet } from "../parts/sheet.js";
import { Answered } from "../parts/states.js";
import { View } from "../parts/view.js";
import { Accounting, Receiving } from "./accounting.js";
import { Activity } from "./activity.js";
import { RatePlot } from "./rate-plot.js";
import { Inputs, Outputs } from "./traffic.js";

const SPANS: Readonly<Record<string, { label: string; days?: number }>> = {
  day: { label: "24 hours", days: 1 },
  week: { label: "7 days", days: 7 },
  month: { label: "30 days", days: 30 },
  all: { label: "All time" },
};
const DEFAULT_SPAN = "day";
const DAY_MS = 86_400_000;
const OVERVIEW_INTERVAL_MS = 15_000;
const STATS_INTERVAL_MS = 2000;

/** Whether the collector runs and loses nothing, and what ran. */
export function Overview({ place }: ViewProps) {
  const wanted = place.query.get("span") ?? "";
  const span = Object.hasOwn(SPANS, wanted) ? wanted : DEFAULT_SPAN;
  const input = useMemo(() => {
    const days = SPANS[span]?.days;
    return days === undefined ? {} : { since: new Date(Date.now() - days * DAY_MS).toISOString() };
  }, [span]);
  const overview = useAnswer("overview", input, OVERVIEW_INTERVAL_MS);
  const stats = useAnswer("stats", {}, STATS_INTERVAL_MS);
  const accounting = useAnswer("accounting", {}, STATS_INTERVAL_MS);
  return (
    <View title="Overview" aside={<SpanLinks current={span} />}>
      <Receiving counts={accounting.answer} stats={stats.answer} />
      <div class="columns">
        <Sheet title="Frames" note={sinceStart(stats.answer)}>
          <Answered asked={accounting}>{(answer) => <Accounting counts={answer} />}</Answered>
          {overview.answer !== undefined && (
            <p class="span-losses">
              {SPANS[span]?.label}: <Losses of={overview.answer} />
            </p>
          )}
        </Sheet>
        <Sheet title="Last hour" note="frames per second">
          <Answered asked={stats}>{({ history }) => <RatePlot {...history} />}</Answered>
        </Sheet>
      </div>
      <Answered asked={stats}>
        {({ inputs, outputs }) => (
          <>
            <Inputs inputs={inputs} />
            <Outputs outputs={outputs} />
          </>
        )}
      </Answered>
      <Answered asked={overview}>{(answer) => <Activity answer={answer} />}</Answered>
    </View>
  );
}

const sinceStart = (stats: Answer<"stats"> | undefined) =>
  `since the collector started${stats === undefined ? "" : `, ${time(stats.since)}`}`;

const SpanLinks = ({ current }: { current: string }) => (
  <nav class="actions" aria-label="Time span">
    {Object.entries(SPANS).map(([key, { label }]) => (
      <a
        key={key}
        class="span-link"
        href={address("/", { span: key === DEFAULT_SPAN ? undefined : key })}
        aria-current={key === current ? "page" : undefined}
      >
        {label}
      </a>
    ))}
  </nav>
);
