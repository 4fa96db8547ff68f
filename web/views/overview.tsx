import type { Answer } from "../../lib/client/index.js";
import { type Asked, useAnswer } from "../base/answers.js";
import { address, type ViewProps } from "../base/router.js";
import { Answered, isSilent, Silence } from "../parts/states.js";
import { View } from "../parts/view.js";
import { lossText, rate } from "./accounting.js";
import { Activity } from "./activity.js";
import { Attention } from "./attention.js";
import { UseCharts } from "./use-charts.js";

const OVERVIEW_INTERVAL_MS = 15_000;
const HEALTH_INTERVAL_MS = 5000;

/** The cluster in the time range: what needs attention, and what ran. */
export function Overview({ place }: ViewProps) {
  const overview = useAnswer("overview", place.range.question, OVERVIEW_INTERVAL_MS);
  const accounting = useAnswer("accounting", {}, HEALTH_INTERVAL_MS);
  const stats = useAnswer("stats", {}, HEALTH_INTERVAL_MS);
  return (
    <View title="Overview">
      <Silence all={[accounting, stats, overview]} />
      <Health accounting={accounting} stats={stats.answer} />
      <Attention place={place} overview={overview} />
      <Answered asked={overview} saysSilence={false}>
        {(answer) => (
          <Activity answer={answer}>
            <UseCharts place={place} />
          </Activity>
        )}
      </Answered>
    </View>
  );
}

interface HealthProps {
  readonly accounting: Asked<Answer<"accounting">>;
  readonly stats: Answer<"stats"> | undefined;
}

/** How the collector itself does, in one line that opens its view. */
function Health({ accounting, stats }: HealthProps) {
  const { answer } = accounting;
  if (answer === undefined) return null;
  const { text, tone } = lossText(answer, isSilent(accounting));
  return (
    <p>
      <a href={address("/collector")}>Collector</a>: <span class={tone}>{text}</span>{" "}
      <span class="faint">{rate(stats?.received.last1)} frames per second in the last minute.</span>
    </p>
  );
}
