import type { Input } from "../../lib/client/index.js";
import { HOST_DAYS, NODES, OUTAGES, PERIODS, UNCOVERED_JOBS } from "../../lib/lists/coverage.js";
import { elapsed } from "../../lib/shared/time.js";
import { count, counted } from "../base/format.js";
import { given, type ViewProps } from "../base/router.js";
import { FilterForm } from "../parts/filter-form.js";
import { Choice } from "../parts/form.js";
import { List } from "../parts/list.js";
import { When } from "../parts/text.js";

const PERIOD_MINUTES = { hour: 60, day: 1440 };
/** A host with less than this part of its usual processes on a day is highlighted. */
const SUSPICIOUS_PART = 1 / 4;

/** Received, stored and lost frames over time. */
export function CoverageTime({ place }: ViewProps) {
  const period = place.query.get("period") === "hour" ? "hour" : "day";
  const question: Input<"coverage"> = { ...place.range.question, period };
  return (
    <>
      <FilterForm place={place}>
        <Choice name="period" label="By" options={{ day: "day", hour: "hour" }} value={period} />
      </FilterForm>
      <List
        list={PERIODS}
        question={question}
        place={place}
        title={`Frames by ${period}`}
        nothing="No frame was counted in this span"
        cells={{
          start: ({ start }) => (period === "day" ? `${start.slice(0, 10)} UTC` : <When iso={start} />),
          minutes: ({ minutes }) => (
            <span class={minutes < PERIOD_MINUTES[period] ? "tone-warn" : undefined}>{count(minutes)}</span>
          ),
          rejected: ({ rejected }) => <LossesByReason counts={rejected} />,
          dropped: ({ dropped }) => <LossesByReason counts={dropped} />,
          kernelDropped: ({ kernelDropped }) => (
            <span class={kernelDropped > 0 ? "tone-bad" : undefined}>{count(kernelDropped)}</span>
          ),
          outageSeconds: ({ outageSeconds }) => (
            <span class={outageSeconds > 0 ? "tone-bad" : undefined}>{elapsed(outageSeconds)}</span>
          ),
        }}
      />
    </>
  );
}

function LossesByReason({ counts }: { counts: Readonly<Record<string, number>> }) {
  const reasons = Object.entries(counts);
  if (reasons.length === 0) return <>0</>;
  return reasons.map(([reason, frames]) => (
    <div key={reason} class="tone-bad">
      {count(frames)} {reason}
    </div>
  ));
}

/** Times without a collector. */
export const CoverageOutages = ({ place }: ViewProps) => (
  <List
    list={OUTAGES}
    question={place.range.question}
    place={place}
    title="Times without a collector"
    nothing="A collector was running all the time that is known"
    cells={{ seconds: ({ seconds }) => (seconds === 0 ? "–" : elapsed(seconds)) }}
  />
);

/** Announced jobs with no or few processes. */
export const CoverageJobs = ({ place }: ViewProps) => (
  <List
    list={UNCOVERED_JOBS}
    question={place.range.question}
    place={place}
    title="Announced jobs without processes"
    nothing="Every announced job has processes"
    note={({ known }) => <p class="faint">{counted(known, "job")} announced by a start frame.</p>}
  />
);

/** Nodes with an agent, the one that has been silent longest first. */
export const CoverageNodes = ({ place }: ViewProps) => (
  <>
    <FilterForm place={place} fields={{ host: "Host" }} />
    <List
      list={NODES}
      question={{ ...given(place.query, "host"), ...place.range.question }}
      place={place}
      title="Nodes with an agent, silent longest first"
      nothing="No agent gave a sign of life in this span"
      cells={{
        silentSeconds: ({ silentSeconds, isSilent }) => (
          <span class={isSilent ? "tone-bad" : undefined}>{elapsed(silentSeconds)}</span>
        ),
        lostInAll: ({ lostInAll }) => <span class={lostInAll > 0 ? "tone-bad" : undefined}>{count(lostInAll)}</span>,
      }}
    />
  </>
);

/** A host that sends far less than on its other days may have lost its preload library. */
export const CoverageHosts = ({ place }: ViewProps) => (
  <>
    <FilterForm place={place} fields={{ host: "Host" }} />
    <List
      list={HOST_DAYS}
      question={{ ...given(place.query, "host"), ...place.range.question }}
      place={place}
      title="Processes by host and day"
      nothing="No host sent anything in this span"
      cells={{
        processes: ({ processes, usual }) => (
          <span class={processes < usual * SUSPICIOUS_PART ? "tone-warn" : undefined}>{count(processes)}</span>
        ),
      }}
    />
  </>
);
