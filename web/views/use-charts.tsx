import { useAnswer } from "../base/answers.js";
import { coreHours, count } from "../base/format.js";
import type { ViewProps } from "../base/router.js";
import { coreHoursOf, periodsOf, valuesIn } from "../base/software-days.js";
import { Chart } from "../parts/chart.js";
import { Sheet } from "../parts/sheet.js";
import { Answered } from "../parts/states.js";

const CHARTS = [
  {
    title: "Processes",
    name: "processes",
    unit: "processes",
    format: count,
    amountOf: ({ runs }: { runs: number }) => runs,
  },
  { title: "Core hours", name: "core-hours", unit: "core hours", format: coreHours, amountOf: coreHoursOf },
];

/** What ran in the time range by day or, of a longer one, by month. */
export function UseCharts({ place }: ViewProps) {
  const asked = useAnswer("software", { ...place.range.question, period: "day", limit: 1 });
  return (
    <Answered asked={asked} saysSilence={false}>
      {({ periods: days }) => {
        const periods = periodsOf(days, undefined);
        const by = periods[0]?.length === 7 ? "month" : "day";
        return (
          <div class="columns">
            {CHARTS.map(({ title, name, unit, format, amountOf }) => (
              <Sheet
                key={name}
                title={`${title} by ${by}`}
                note={unit === "core hours" ? "of processes that ended" : "UTC"}
              >
                <Chart
                  title={`${title} by ${by}`}
                  name={`${name}-by-${by}`}
                  unit={unit}
                  periods={periods}
                  series={[{ name: title, values: valuesIn(periods, days, amountOf) }]}
                  format={format}
                />
              </Sheet>
            ))}
          </div>
        );
      }}
    </Answered>
  );
}
