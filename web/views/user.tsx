import { JOBS } from "../../lib/lists/jobs.js";
import { ODD_LIBRARIES } from "../../lib/lists/odd.js";
import { SOFTWARE, USER_PROGRAMS } from "../../lib/lists/software.js";
import { address, type Place, type ViewProps } from "../base/router.js";
import { SoftwareName } from "../parts/cell.js";
import { List } from "../parts/list.js";
import { Notice } from "../parts/states.js";
import { Tabs } from "../parts/tabs.js";
import { titleOf, View } from "../parts/view.js";

const questionOf = ({ query, range }: Place) => ({ user: query.get("name") ?? "", ...range.question });

const UserJobs = ({ place }: ViewProps) => (
  <List
    list={JOBS}
    question={questionOf(place)}
    place={place}
    title="Jobs, last use first"
    nothing="No job of this user in this time range"
    cells={{ users: null }}
  />
);

const UserSoftware = ({ place }: ViewProps) => (
  <List
    list={SOFTWARE}
    question={questionOf(place)}
    place={place}
    title="Software by runs"
    nothing="This user ran nothing in this time range"
    head="software"
    cells={{ period: null, users: null, software: (row) => <SoftwareName {...row} /> }}
  />
);

const UserPrograms = ({ place }: ViewProps) => (
  <List
    list={USER_PROGRAMS}
    question={questionOf(place)}
    place={place}
    title="Programs in users' directories that no catalogue lists"
    nothing="This user ran no such program in this time range"
    cells={{ users: null }}
  />
);

const UserLibraries = ({ place }: ViewProps) => (
  <List
    list={ODD_LIBRARIES}
    question={questionOf(place)}
    place={place}
    title="Libraries from unusual places"
    nothing="Every library of this user came from its usual place"
    cells={{ users: null }}
  />
);

const TABS = {
  jobs: { label: "Jobs", content: UserJobs },
  software: { label: "Software", content: UserSoftware },
  programs: { label: "Own programs", content: UserPrograms },
  libraries: { label: "Unexpected libraries", content: UserLibraries },
};

/** What one user ran. */
export function User({ place }: ViewProps) {
  const name = place.query.get("name") ?? "";
  return (
    <View
      title={`User ${titleOf(name) ?? ""}`}
      aside={
        <a class="button" href={address("/live", { user: name })}>
          Live
        </a>
      }
    >
      {name === "" ? <Notice title="The address names no user" /> : <Tabs place={place} tabs={TABS} />}
    </View>
  );
}
