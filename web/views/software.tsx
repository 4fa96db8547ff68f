import type { Answer, Input } from "../../lib/client/index.js";
import { count, counted, duration, share } from "../base/format.js";
import { address } from "../base/router.js";
import { Completeness } from "../parts/completeness.js";
import { List } from "../parts/list.js";
import { Names } from "../parts/names.js";
import { Tabs, tabOf } from "../parts/pager.js";
import { given, SpanForm } from "../parts/span-form.js";
import { Path, Reported } from "../parts/text.js";
import { View } from "../parts/view.js";
import { When } from "../parts/when.js";

const TABS = {
  use: "What runs",
  users: "What users built themselves",
  builds: "Unused builds",
  modules: "Unused modules",
};
const ORDERS = { runs: "runs", users: "users", jobs: "jobs", cpu: "CPU time" };
const PERIODS = { all: "the whole span", month: "month", day: "day" };

/** Catalogue × use: what runs most, what nobody uses, what users brought themselves. */
export function Software({ query }: { query: URLSearchParams }) {
  const tab = tabOf(query, TABS);
  return (
    <View title="Software">
      <Tabs path="/software" query={query} tabs={TABS} current={tab} />
      {tab === "use" && <Use query={query} />}
      {tab === "users" && <UserPrograms query={query} />}
      {tab === "builds" && <UnusedBuilds query={query} />}
      {tab === "modules" && <UnusedModules query={query} />}
    </View>
  );
}

type UseRow = Answer<"software">["software"][number];

function Use({ query }: { query: URLSearchParams }) {
  const question = given(query, "by", "period", "user", "since", "until") as Input<"software">;
  const byPeriod = question.period === "month" || question.period === "day";
  return (
    <>
      <SpanForm path="/software" query={query} fields={{ user: "User" }} keep={["show"]}>
        <Choice label="Most" name="by" options={ORDERS} value={question.by ?? "runs"} />
        <Choice label="By" name="period" options={PERIODS} value={question.period ?? "all"} />
      </SpanForm>
      <List
        operation="software"
        question={question}
        rowsOf={({ software }) => software}
        title={`Software by ${ORDERS[question.by ?? "runs"]}`}
        nothing="Nothing ran in this span"
        file="software"
        path="/software"
        query={query}
        note={({ total, unnamed }) => (
          <p class="faint">
            {counted(total.runs, "run")}, {duration(total.cpuSeconds * 1000)} of CPU time.{" "}
            {share(unnamed.runs, total.runs)} of the runs and {share(unnamed.cpuSeconds, total.cpuSeconds)} of the CPU
            time have no name but a path.
          </p>
        )}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          ...(byPeriod
            ? [{ name: "Period", cell: ({ period }: UseRow) => period, csv: ({ period }: UseRow) => period }]
            : []),
          {
            name: "Software",
            cell: ({ software, source }: UseRow) =>
              source === "path" ? (
                <a href={address("/lookup", { q: software })}>
                  <Path path={software} />
                </a>
              ) : (
                <Reported text={software} />
              ),
            csv: ({ software }) => software,
            isHead: true,
          },
          { name: "Named by", cell: ({ source }) => source, csv: ({ source }) => source, isExtra: true },
          { name: "Runs", cell: ({ runs }) => count(runs), csv: ({ runs }) => runs, isNumber: true },
          { name: "Jobs", cell: ({ jobs }) => count(jobs), csv: ({ jobs }) => jobs, isNumber: true, isExtra: true },
          { name: "Users", cell: ({ users }) => count(users), csv: ({ users }) => users, isNumber: true },
          {
            name: "CPU time",
            cell: ({ cpuSeconds }) => duration(cpuSeconds * 1000),
            csv: ({ cpuSeconds }) => cpuSeconds,
            isNumber: true,
            isExtra: true,
          },
          {
            name: "Last used",
            cell: ({ lastUse }) => <When iso={lastUse} />,
            csv: ({ lastUse }) => lastUse,
            isNumber: true,
            isExtra: true,
          },
        ]}
      />
    </>
  );
}

function Choice({
  label,
  name,
  options,
  value,
}: {
  label: string;
  name: string;
  options: Record<string, string>;
  value: string;
}) {
  return (
    <label>
      {label}
      <select name={name}>
        {Object.entries(options).map(([key, text]) => (
          <option key={key} value={key} selected={key === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

type UserProgram = Answer<"userPrograms">["programs"][number];

function UserPrograms({ query }: { query: URLSearchParams }) {
  return (
    <>
      <SpanForm path="/software" query={query} fields={{ user: "User" }} keep={["show"]} />
      <List
        operation="userPrograms"
        question={given(query, "user", "since", "until")}
        rowsOf={({ programs }) => programs}
        title="Programs that no catalogue knows, from users' own directories"
        nothing="No such program ran in this span"
        file="user-programs"
        path="/software"
        query={query}
        note={({ roots }) => <p class="faint">Own directories: {roots.join(", ")}</p>}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          {
            name: "Program",
            cell: ({ paths, pathCount, buildId }: UserProgram) => (
              <>
                {paths.slice(0, 2).map((path) => (
                  <div key={path}>
                    <a href={address("/lookup", { q: buildId ?? path })}>
                      <Path path={path} />
                    </a>
                  </div>
                ))}
                {pathCount > 2 && <div class="small faint">and {counted(pathCount - 2, "more path")}</div>}
              </>
            ),
            csv: ({ paths }) => paths[0] ?? null,
            isHead: true,
          },
          {
            name: "Build-id",
            cell: ({ buildId }) => <span class="mono small">{buildId === null ? "–" : buildId.slice(0, 12)}</span>,
            csv: ({ buildId }) => buildId,
            isExtra: true,
          },
          {
            name: "Users",
            cell: ({ users, userCount }) => <Names names={users} count={userCount} />,
            csv: ({ users }) => users.join(" "),
          },
          { name: "Runs", cell: ({ runs }) => count(runs), csv: ({ runs }) => runs, isNumber: true },
          {
            name: "Compilers",
            cell: ({ compilers }) => <Names names={compilers} count={compilers.length} />,
            csv: ({ compilers }) => compilers.join("; "),
            isExtra: true,
          },
          {
            name: "Libraries",
            cell: ({ libraries }) => <Names names={libraries} count={libraries.length} />,
            csv: ({ libraries }) => libraries.join(" "),
            isExtra: true,
          },
          {
            name: "Last used",
            cell: ({ lastUse }) => <When iso={lastUse} />,
            csv: ({ lastUse }) => lastUse,
            isNumber: true,
          },
        ]}
      />
    </>
  );
}

type Build = Answer<"unusedBuilds">["builds"][number];

function UnusedBuilds({ query }: { query: URLSearchParams }) {
  return (
    <>
      <SpanForm path="/software" query={query} fields={{ path: "Path" }} keep={["show"]} isOpenEnded />
      <List
        operation="unusedBuilds"
        question={given(query, "since", "path")}
        rowsOf={({ builds }) => builds}
        title="Catalogued builds, longest unused first"
        nothing="No catalogued build is unused"
        file="unused-builds"
        path="/software"
        query={query}
        note={({ catalogued }) => (
          <p class="faint">
            {catalogued === 0
              ? "No catalogue is loaded: start the collector with --catalogue and a catalogue of ogrt-inspect."
              : `${counted(catalogued, "file")} in the catalogue.`}
          </p>
        )}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          { name: "File", cell: ({ path }: Build) => <Path path={path} />, csv: ({ path }) => path, isHead: true },
          { name: "Software", cell: ({ software }) => <Reported text={software} />, csv: ({ software }) => software },
          {
            name: "Processes",
            cell: ({ processes }) => count(processes),
            csv: ({ processes }) => processes,
            isNumber: true,
          },
          {
            name: "Last used",
            cell: ({ lastUse }) =>
              lastUse === null ? <span class="tone-warn">never seen</span> : <When iso={lastUse} />,
            csv: ({ lastUse }) => lastUse,
            isNumber: true,
          },
        ]}
      />
    </>
  );
}

type Module = Answer<"unusedModules">["modules"][number];

function UnusedModules({ query }: { query: URLSearchParams }) {
  return (
    <>
      <SpanForm path="/software" query={query} keep={["show"]} isOpenEnded />
      <List
        operation="unusedModules"
        question={given(query, "since")}
        rowsOf={({ modules }) => modules}
        title="Modules, longest unused first"
        nothing="No module is unused"
        file="unused-modules"
        path="/software"
        query={query}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          {
            name: "Module",
            cell: ({ module }: Module) => <Reported text={module} />,
            csv: ({ module }) => module,
            isHead: true,
          },
          { name: "Users", cell: ({ users }) => count(users), csv: ({ users }) => users, isNumber: true },
          {
            name: "Processes",
            cell: ({ processes }) => count(processes),
            csv: ({ processes }) => processes,
            isNumber: true,
          },
          {
            name: "Last used",
            cell: ({ lastUse }) => <When iso={lastUse} />,
            csv: ({ lastUse }) => lastUse,
            isNumber: true,
          },
        ]}
      />
    </>
  );
}
