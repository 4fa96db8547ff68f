import type { Input } from "../../lib/client/index.js";
import { useAsked } from "../base/answers.js";
import { coreHours } from "../base/format.js";
import { coreHoursOf, periodsOf, type SoftwareDays, softwareDays, type Unit, valuesIn } from "../base/software-days.js";
import { Chart } from "../parts/chart.js";
import { Sheet } from "../parts/sheet.js";
import { Answered, Notice } from "../parts/states.js";

interface Props {
  readonly title: string;
  /** Of the files that the chart can be saved as. */
  readonly name: string;
  readonly question: Input<"software">;
  /** Days or months; without it, what suits the time range. */
  readonly unit?: Unit | undefined;
}

/**
 * Core hours over time: those of the software with most of them, and all others as one. The list beside the chart says when
 * the collector does not answer.
 */
export function SoftwareChart({ title, name, question, unit }: Props) {
  const asked = useAsked(JSON.stringify(["days", question]), () => softwareDays(question));
  return (
    <Sheet title={title} note="CPU time of processes that ended, in core hours; days are those of UTC">
      <div class="chart-room">
        <Answered asked={asked} saysSilence={false}>
          {(found) => <Stacked found={found} title={title} name={name} unit={unit} />}
        </Answered>
      </div>
    </Sheet>
  );
}

function Stacked({ found, title, name, unit }: Omit<Props, "question"> & { found: SoftwareDays }) {
  const periods = periodsOf(found.days, unit);
  const all = valuesIn(periods, found.days, coreHoursOf);
  if (all.every((value) => value === 0)) return <Notice title="No CPU time is known in this span" />;
  const series = found.top.map(({ software, days }) => ({
    name: software,
    values: valuesIn(periods, days, coreHoursOf),
  }));
  const others = all.map((sum, at) =>
    Math.max(
      0,
      series.reduce((left, { values }) => left - (values[at] ?? 0), sum),
    ),
  );
  // What is left of sums of fractions is no use.
  const hasOthers = others.some((value, at) => value > 1e-9 * (all[at] ?? 0));
  return (
    <Chart
      title={`${title} by ${periods[0]?.length === 7 ? "month" : "day"}`}
      name={name}
      unit="core hours"
      periods={periods}
      series={hasOthers ? [...series, { name: "all others", values: others }] : series}
      format={coreHours}
    />
  );
}
