import type { Input } from "../../lib/client/index.js";
import { SOFTWARE, UNUSED_BUILDS, UNUSED_MODULES, USER_PROGRAMS } from "../../lib/lists/software.js";
import { counted, duration, share } from "../base/format.js";
import { address, given, type ViewProps } from "../base/router.js";
import { FileLink } from "../parts/cell.js";
import { Choice } from "../parts/form.js";
import { List } from "../parts/list.js";
import { SpanForm } from "../parts/span-form.js";
import { Tabs } from "../parts/tabs.js";
import { Path, Reported, When } from "../parts/text.js";
import { View } from "../parts/view.js";

const MEASURES = { runs: "runs", users: "users", jobs: "jobs", cpu: "CPU time" };
const PERIODS = { all: "whole span", month: "month", day: "day" };
const PATHS_SHOWN = 2;

function Use({ place }: ViewProps) {
  const question = given(place.query, "by", "period", "user", "since", "until") as Input<"software">;
  const { by = "runs", period = "all" } = question;
  return (
    <>
      <SpanForm place={place} fields={{ user: "User" }}>
        <Choice label="Sort by" name="by" options={MEASURES} value={by} />
        <Choice label="Period" name="period" options={PERIODS} value={period} />
      </SpanForm>
      <List
        list={SOFTWARE}
        question={question}
        place={place}
        title={`Software by ${MEASURES[by]}`}
        nothing="Nothing ran in this span"
        head="software"
        cells={{
          ...(period === "all" && { period: null }),
          software: ({ software, source }) =>
            source === "path" ? <FileLink path={software} /> : <Reported text={software} />,
        }}
        note={({ total, unnamed }) => (
          <p class="faint">
            {counted(total.runs, "run")}, {duration(total.cpuSeconds * 1000)} of CPU time.{" "}
            {share(unnamed.runs, total.runs)} of the runs and {share(unnamed.cpuSeconds, total.cpuSeconds)} of the CPU
            time are named by their path only.
          </p>
        )}
      />
    </>
  );
}

const UserPrograms = ({ place }: ViewProps) => (
  <>
    <SpanForm place={place} fields={{ user: "User" }} />
    <List
      list={USER_PROGRAMS}
      question={given(place.query, "user", "since", "until")}
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

const UnusedBuilds = ({ place }: ViewProps) => (
  <>
    <SpanForm place={place} fields={{ path: "Path" }} isOpenEnded />
    <List
      list={UNUSED_BUILDS}
      question={given(place.query, "since", "path")}
      place={place}
      title="Catalogued builds, longest unused first"
      nothing="No catalogued build is unused"
      cells={{
        lastUse: ({ lastUse }) =>
          lastUse === null ? <span class="tone-warn">never seen</span> : <When iso={lastUse} />,
      }}
      note={({ catalogued }) => (
        <p class="faint">
          {catalogued === 0
            ? "No catalogue is loaded: start the collector with --catalogue and a catalogue of ogrt-inspect."
            : `${counted(catalogued, "file")} in the catalogue.`}
        </p>
      )}
    />
  </>
);

const UnusedModules = ({ place }: ViewProps) => (
  <>
    <SpanForm place={place} isOpenEnded />
    <List
      list={UNUSED_MODULES}
      question={given(place.query, "since")}
      place={place}
      title="Modules, longest unused first"
      nothing="No module is unused"
    />
  </>
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
