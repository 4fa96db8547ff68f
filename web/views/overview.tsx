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
import { Activity } from "./activity.js";
import { RatePlot } from "./rate-plot.js";
import { Inputs, Outputs } from "./traffic.js";

const OVERVIEW_INTERVAL_MS = 15_000;
const STATS_INTERVAL_MS = 2000;

/** Whether the collector runs and loses nothing, and what ran. */
export function Overview({ place }: ViewProps) {
  const overview = useAnswer("overview", place.range.question, OVERVIEW_INTERVAL_MS);
  const stats = useAnswer("stats", {}, STATS_INTERVAL_MS);
  const accounting = useAnswer("accounting", {}, STATS_INTERVAL_MS);
  return (
    <View title="Overview">
      <Silence all={[accounting, stats, overview]} />
      <Receiving counts={accounting.answer} stats={stats.answer} />
      <div class="columns">
        <Sheet title="Frames" note={sinceStart(stats.answer)}>
          <Answered asked={accounting} saysSilence={false}>
            {(answer) => <Accounting counts={answer} isOld={isSilent(accounting)} />}
          </Answered>
          {overview.answer !== undefined && (
            <p class="span-losses">
              {rangeLabel(place.range)}: <Losses of={overview.answer} />
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
      <Answered asked={overview} saysSilence={false}>
        {(answer) => <Activity answer={answer} />}
      </Answered>
    </View>
  );
}

const sinceStart = (stats: Answer<"stats"> | undefined) =>
  `since the collector started${stats === undefined ? "" : `, ${time(stats.since)}`}`;
