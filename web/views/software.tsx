import type { Input } from "../../lib/client/index.js";
import { SOFTWARE, UNUSED_BUILDS, UNUSED_MODULES, USER_PROGRAMS } from "../../lib/lists/software.js";
import { coreTime, counted, knownFor, share } from "../base/format.js";
import { address, given, type Place, type ViewProps } from "../base/router.js";
import { SoftwareName } from "../parts/cell.js";
import { FilterForm } from "../parts/filter-form.js";
import { Choice } from "../parts/form.js";
import { List } from "../parts/list.js";
import { Tabs } from "../parts/tabs.js";
import { Path, Reported, When } from "../parts/text.js";
import { View } from "../parts/view.js";
import { SoftwareChart } from "./software-chart.js";

const MEASURES = { runs: "runs", users: "users", jobs: "jobs", cpu: "CPU time" };
const PERIODS = { all: "whole span", month: "month", day: "day" };
const PATHS_SHOWN = 2;

function Use({ place }: ViewProps) {
  const question = { ...given(place.query, "by", "period", "user"), ...place.range.question } as Input<"software">;
  const { by = "runs", period = "all", ...selected } = question;
  return (
    <>
      <FilterForm place={place} fields={{ user: "User" }}>
        <Choice label="Sort by" name="by" options={MEASURES} value={by} />
        <Choice label="Period" name="period" options={PERIODS} value={period} />
      </FilterForm>
      <SoftwareChart
        title="Core hours by software"
        name="core-hours-by-software"
        question={selected}
        unit={period === "all" ? undefined : period}
      />
      <List
        list={SOFTWARE}
        question={question}
        place={place}
        title={`Software by ${MEASURES[by]}`}
        nothing="Nothing ran in this span"
        head="software"
        orderedBy={by === "cpu" ? "cpuSeconds" : by}
        cells={{
          ...(period === "all" && { period: null }),
          software: (row) => <SoftwareName {...row} />,
        }}
        note={({ total, unnamed }) => (
          <p class="faint">
            {counted(total.runs, "run")}, {coreTime(total.cpuSeconds)} of CPU time
            {total.ended < total.runs && ` (${knownFor(total.ended, total.runs)})`}. {share(unnamed.runs, total.runs)}{" "}
            of the runs and {share(unnamed.cpuSeconds ?? 0, total.cpuSeconds ?? 0)} of the CPU time are named by their
            path only.
          </p>
        )}
      />
    </>
  );
}

const UserPrograms = ({ place }: ViewProps) => (
  <>
    <FilterForm place={place} fields={{ user: "User" }} />
    <List
      list={USER_PROGRAMS}
      question={{ ...given(place.query, "user"), ...place.range.question }}
      place={place}
      title="Programs in users' directories that no catalogue lists"
      nothing="No such program ran in this span"
      cells={{
        paths: ({ paths, pathCount, buildId }) => (
          <>
            {paths.slice(0, PATHS_SHOWN).map((path) => (
              <div key={path}>
                <a href={address("/lookup", { q: buildId ?? path })}>
                  <Path path={path} />
                </a>
              </div>
            ))}
            {pathCount > PATHS_SHOWN && (
              <div class="small faint">and {counted(pathCount - PATHS_SHOWN, "more path")}</div>
            )}
          </>
        ),
      }}
      note={({ roots }) => <p class="faint">Users' directories: {roots.join(", ")}</p>}
    />
  </>
);

/** Nothing that was used after the start of the range is unused, so these lists ask for no end. */
const startOf = ({ range: { question } }: Place) => (question.since === undefined ? {} : { since: question.since });

const UnusedBuilds = ({ place }: ViewProps) => (
  <>
    <FilterForm place={place} fields={{ path: "Path" }} />
    <List
      list={UNUSED_BUILDS}
      question={{ ...given(place.query, "path"), ...startOf(place) }}
      place={place}
      title="Catalogued packages, longest unused first"
      nothing={({ catalogued }) =>
        catalogued === 0 ? "No catalogue is loaded, so nothing can be called unused" : "No catalogued package is unused"
      }
      cells={{
        package: (row) => <Reported text={row.package ?? row.paths[0]} />,
        lastUse: ({ lastUse }) =>
          lastUse === null ? <span class="tone-warn">never seen</span> : <When iso={lastUse} />,
      }}
      note={({ catalogued }) => (
        <p class="faint">
          {catalogued === 0
            ? "Start the collector with --catalogue and a catalogue of ogrt-inspect."
            : `${counted(catalogued, "file")} in the catalogue. What was used in the last 24 hours is not listed.`}
        </p>
      )}
    />
  </>
);

const UnusedModules = ({ place }: ViewProps) => (
  <List
    list={UNUSED_MODULES}
    question={startOf(place)}
    place={place}
    title="Modules, longest unused first"
    nothing="No module is unused"
  />
);

const TABS = {
  use: { label: "In use", content: Use },
  users: { label: "Users' own programs", content: UserPrograms },
  builds: { label: "Unused builds", content: UnusedBuilds },
  modules: { label: "Unused modules", content: UnusedModules },
};

/** The software that runs, and the installed software that nobody uses. */
export const Software = ({ place }: ViewProps) => (
  <View title="Software">
    <Tabs place={place} tabs={TABS} />
  </View>
);
