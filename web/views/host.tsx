import { HOST_DAYS } from "../../lib/lists/coverage.js";
import { JOBS } from "../../lib/lists/jobs.js";
import { PROCESSES } from "../../lib/lists/processes.js";
import { address, given, type Place, type ViewProps } from "../base/router.js";
import { ProcessLink } from "../parts/cell.js";
import { List } from "../parts/list.js";
import { Notice } from "../parts/states.js";
import { Tabs } from "../parts/tabs.js";
import { titleOf, View } from "../parts/view.js";

const questionOf = ({ query, range }: Place) => ({
  host: query.get("name") ?? "",
  ...given(query, "cluster"),
  ...range.question,
});

const ProcessList = ({ place, state, ...texts }: ViewProps & { state?: "running"; title: string; nothing: string }) => (
  <List
    list={PROCESSES}
    question={{ ...questionOf(place), ...(state !== undefined && { state }) }}
    place={place}
    head="program"
    cells={{ host: null, program: (row) => <ProcessLink {...row} /> }}
    {...texts}
  />
);

const HostProcesses = ({ place }: ViewProps) => (
  <ProcessList
    place={place}
    title="Processes, last received first"
    nothing="No process of this host in this time range"
  />
);

const HostRunning = ({ place }: ViewProps) => (
  <ProcessList
    place={place}
    state="running"
    title="Processes whose end has not arrived"
    nothing="All processes of this host in this time range ended"
  />
);

const HostJobs = ({ place }: ViewProps) => (
  <List
    list={JOBS}
    question={questionOf(place)}
    place={place}
    title="Jobs, last use first"
    nothing="No job of this host in this time range"
    cells={{ hosts: null }}
  />
);

const HostDays = ({ place }: ViewProps) => (
  <List
    list={HOST_DAYS}
    question={questionOf(place)}
    place={place}
    title="Processes by day"
    nothing="This host sent nothing in this time range"
    head="day"
    cells={{ host: null }}
  />
);

const TABS = {
  processes: { label: "Processes", content: HostProcesses },
  running: { label: "Running now", content: HostRunning },
  jobs: { label: "Jobs", content: HostJobs },
  days: { label: "Days", content: HostDays },
};

/** What ran on one host. */
export function Host({ place }: ViewProps) {
  const name = place.query.get("name") ?? "";
  return (
    <View
      title={`Host ${titleOf(name) ?? ""}`}
      aside={
        <a class="button" href={address("/live", { host: name })}>
          Live
        </a>
      }
    >
      {name === "" ? <Notice title="The address names no host" /> : <Tabs place={place} tabs={TABS} />}
    </View>
  );
}
