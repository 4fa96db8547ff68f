import type { Input } from "../../lib/client/index.js";
import { ODD_ENVIRONMENTS, ODD_LIBRARIES, ODD_OBJECTS } from "../../lib/lists/odd.js";
import { given, type ViewProps } from "../base/router.js";
import { FilterForm } from "../parts/filter-form.js";
import { anyOf, Choice } from "../parts/form.js";
import { List } from "../parts/list.js";
import { Identity } from "../parts/object-table.js";
import { Tabs } from "../parts/tabs.js";
import { Path, Reported } from "../parts/text.js";
import { isConspicuous, VERDICT_NAMES, Verdict } from "../parts/verdict.js";
import { View } from "../parts/view.js";
import { CoverageHosts, CoverageJobs, CoverageNodes, CoverageOutages, CoverageTime } from "./coverage.js";

const ODD_VERDICTS = [...VERDICT_NAMES.filter(isConspicuous), "conflict"];

function OddObjects({ place }: ViewProps) {
  const question = { ...given(place.query, "verdict"), ...place.range.question } as Input<"oddObjects">;
  return (
    <>
      <FilterForm place={place}>
        <Choice name="verdict" label="Verdict" options={anyOf(ODD_VERDICTS)} value={question.verdict} />
      </FilterForm>
      <List
        list={ODD_OBJECTS}
        question={question}
        place={place}
        title="Objects that differ from their report"
        nothing="No object differs from its report"
        cells={{
          verdict: ({ verdict, reason, buildIds }) => (
            <>
              <Verdict verdict={verdict} reason={reason} />
              {reason !== null && <span class="small faint"> {reason}</span>}
              {buildIds.length > 1 && <div class="small faint">{buildIds.length} builds</div>}
            </>
          ),
          reason: null,
          software: (object) => <Identity {...object} />,
          buildId: null,
        }}
      />
    </>
  );
}

const OddLibraries = ({ place }: ViewProps) => (
  <>
    <FilterForm place={place} fields={{ soname: "Library", user: "User" }} />
    <List
      list={ODD_LIBRARIES}
      question={{ ...given(place.query, "soname", "user"), ...place.range.question }}
      place={place}
      title="Libraries from unusual places"
      nothing="Every library came from its usual place"
      cells={{
        reasons: ({ reasons }) =>
          reasons.map((reason) => (
            <div key={reason}>
              <span class="mark tone-warn">{reason}</span>
            </div>
          )),
        usual: ({ usual }) =>
          usual.slice(0, 3).map((path) => (
            <div key={path} class="small">
              <Path path={path} />
            </div>
          )),
      }}
    />
  </>
);

const OddEnvironments = ({ place }: ViewProps) => (
  <>
    <FilterForm place={place} fields={{ user: "User" }} />
    <List
      list={ODD_ENVIRONMENTS}
      question={{ ...given(place.query, "rule", "user"), ...place.range.question }}
      place={place}
      title="Environments that break a rule"
      nothing="No environment breaks a rule"
      cells={{
        rule: ({ rule, description, example }) => (
          <>
            <strong>{rule}</strong>
            <div class="small faint">{description}</div>
            {example !== null && (
              <div class="small">
                <Reported text={example} />
              </div>
            )}
          </>
        ),
        description: null,
        example: null,
      }}
    />
  </>
);

const TABS = {
  objects: { label: "Objects", content: OddObjects },
  libraries: { label: "Unexpected libraries", content: OddLibraries },
  environments: { label: "Odd environments", content: OddEnvironments },
  time: { label: "Losses", content: CoverageTime },
  outages: { label: "Outages", content: CoverageOutages },
  jobs: { label: "Unseen jobs", content: CoverageJobs },
  hosts: { label: "Hosts", content: CoverageHosts },
  nodes: { label: "Agents", content: CoverageNodes },
};

/** Unusual objects, libraries and environments, and what the collector does not see. */
export const Problems = ({ place }: ViewProps) => (
  <View title="Problems">
    <Tabs place={place} tabs={TABS} />
  </View>
);
