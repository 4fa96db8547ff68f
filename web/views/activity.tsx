import type { ComponentChildren } from "preact";
import type { Answer } from "../../lib/client/index.js";
import { HOST_COLUMNS, tableColumnsOf } from "../../lib/lists/column.js";
import { compact, coreTime, knownFor } from "../base/format.js";
import { address } from "../base/router.js";
import { Completeness } from "../parts/completeness.js";
import { Figure, Figures } from "../parts/figures.js";
import { VerdictShares } from "../parts/shares.js";
import { Sheet } from "../parts/sheet.js";
import { Notice, TryCommand } from "../parts/states.js";
import { Reported } from "../parts/text.js";

/** What ran in a span. @param children - what stands between its numbers and its details. */
export function Activity({ answer, children }: { answer: Answer<"overview">; children: ComponentChildren }) {
  const { processes, jobs, users, hosts, cpuSeconds, ended, verdicts } = answer;
  if (processes === 0) {
    return (
      <>
        <Notice title="No process in this span">
          <p>A program that runs under the preload library appears within a second:</p>
          <TryCommand />
        </Notice>
        <Completeness of={answer} />
      </>
    );
  }
  return (
    <>
      <Figures>
        <Figure name="Processes">{compact(processes)}</Figure>
        <Figure name="Jobs">{compact(jobs)}</Figure>
        <Figure name="Users">{compact(users)}</Figure>
        <Figure name="Hosts">{compact(hosts)}</Figure>
        <Figure name="CPU time" note={knownFor(ended, processes)}>
          {coreTime(cpuSeconds)}
        </Figure>
      </Figures>
      {children}
      <Sheet
        title="Verdicts"
        note={
          <>
            processes by the verdict on their program · <a href={address("/problems")}>problems</a>
          </>
        }
      >
        <VerdictShares counts={verdicts} />
      </Sheet>
      <Rankings answer={answer} />
      <Completeness of={answer} />
    </>
  );
}

const Rankings = ({ answer: { software, topUsers, topHosts } }: { answer: Answer<"overview"> }) => (
  <div class="columns three">
    <Ranking
      title="Software"
      note={<a href={address("/software")}>all</a>}
      rows={software.map(({ software, source, runs }) => ({
        name: software,
        href: address("/lookup", { q: software, as: source === "path" ? "path" : "software" }),
        value: runs,
      }))}
    />
    <Ranking
      title="Users"
      note="processes"
      rows={topUsers.map(({ user, processes }) => ({
        name: user,
        href: address("/user", { name: user ?? undefined }),
        value: processes,
      }))}
    />
    <Ranking title="Hosts" note="processes" rows={hostRows(topHosts)} />
  </div>
);

/** Hosts with their clusters, where there are several of these. */
function hostRows(hosts: Answer<"overview">["topHosts"]): RankedRow[] {
  const hasClusters = tableColumnsOf(HOST_COLUMNS, hosts).length === HOST_COLUMNS.length;
  return hosts.map(({ host, processes, ...row }) => {
    const cluster = (hasClusters ? row.cluster : null) ?? undefined;
    return {
      name: host === null || cluster === undefined ? host : `${host} (${cluster})`,
      href: address("/host", { name: host ?? undefined, cluster }),
      value: processes,
    };
  });
}

interface RankedRow {
  readonly name: string | null;
  readonly href: string | undefined;
  readonly value: number;
}

interface RankingProps {
  readonly title: string;
  readonly note: ComponentChildren;
  readonly rows: readonly RankedRow[];
}

function Ranking({ title, note, rows }: RankingProps) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <Sheet title={title} note={note} isFlush>
      <table>
        <caption class="unseen">{title}, most active first</caption>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <th scope="row">
                <RankedName {...row} />
                <i class="bar" style={{ width: `${(100 * row.value) / most}%` }} />
              </th>
              <td class="num">{compact(row.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  );
}

function RankedName({ name, href }: RankedRow) {
  const text = <Reported text={name} empty="not reported" />;
  return name === null || href === undefined ? text : <a href={href}>{text}</a>;
}
