import type { Answer } from "../../lib/client/index.js";
import { useAnswer } from "../base/answers.js";
import { time } from "../base/format.js";
import type { ViewProps } from "../base/router.js";
import { rangeLabel } from "../base/time-range.js";
import { Losses } from "../parts/completeness.js";
import { Sheet } from "../parts/sheet.js";
import { Answered, isSilent, Silence } from "../parts/states.js";
import { View } from "../parts/view.js";
import { Accounting, Receiving } from "./accounting.js";
import { RatePlot } from "./rate-plot.js";
import { Inputs, Outputs } from "./traffic.js";

const STATS_INTERVAL_MS = 2000;

/** Whether the collector receives and loses nothing, and how fast it is. */
export function Collector({ place }: ViewProps) {
  const stats = useAnswer("stats", {}, STATS_INTERVAL_MS);
  const accounting = useAnswer("accounting", {}, STATS_INTERVAL_MS);
  const coverage = useAnswer("coverage", { ...place.range.question, limit: 1 });
  return (
    <View title="Collector">
      <Silence all={[accounting, stats, coverage]} />
      <Receiving counts={accounting.answer} stats={stats.answer} />
      <div class="columns">
        <Sheet title="Frames" note={sinceStart(stats.answer)}>
          <Answered asked={accounting} saysSilence={false}>
            {(answer) => <Accounting counts={answer} isOld={isSilent(accounting)} />}
          </Answered>
          {coverage.answer !== undefined && (
            <p class="span-losses">
              {rangeLabel(place.range)}: <Losses of={coverage.answer} />
            </p>
          )}
        </Sheet>
        <Sheet title="Last hour" note="frames per second">
          <Answered asked={stats} saysSilence={false}>
            {({ history }) => <RatePlot {...history} />}
          </Answered>
        </Sheet>
      </div>
      <Answered asked={stats} saysSilence={false}>
        {({ inputs, outputs }) => (
          <>
            <Inputs inputs={inputs} />
            <Outputs outputs={outputs} />
          </>
        )}
      </Answered>
    </View>
  );
}

const sinceStart = (stats: Answer<"stats"> | undefined) =>
  `since the collector started${stats === undefined ? "" : `, ${time(stats.since)}`}`;
