import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Answer } from "../../lib/client/index.js";
import { useAnswer } from "../base/answers.js";
import { compact, count, counted, duration, share, time } from "../base/format.js";
import { address } from "../base/router.js";
import { Completeness, Losses, lostIn } from "../parts/completeness.js";
import { VerdictShares } from "../parts/shares.js";
import { Answered, Notice } from "../parts/states.js";
import { Reported } from "../parts/text.js";
import { View } from "../parts/view.js";
import { RatePlot } from "./rate-plot.js";
import { Inputs, Outputs } from "./traffic.js";

const SPANS: Record<string, { name: string; days?: number }> = {
  day: { name: "24 hours", days: 1 },
  week: { name: "7 days", days: 7 },
  month: { name: "30 days", days: 30 },
  all: { name: "All time" },
};
const DAY = 86_400_000;

type OverviewAnswer = Answer<"overview">;

/** What an admin looks at first: is it running, is anything lost, and what ran. */
export function Overview({ query }: { query: URLSearchParams }) {
  const wanted = query.get("span") ?? "";
  const span = Object.hasOwn(SPANS, wanted) ? wanted : "day";
  const input = useMemo(() => {
    const days = SPANS[span]?.days;
    return days === undefined ? {} : { since: new Date(Date.now() - days * DAY).toISOString() };
  }, [span]);
  const overview = useAnswer("overview", input, 15_000);
  const stats = useAnswer("stats", {}, 2000);
  const accounting = useAnswer("accounting", {}, 2000);
  return (
    <View
      title="Overview"
      aside={
        <nav class="actions" aria-label="Time span">
          {Object.entries(SPANS).map(([key, { name }]) => (
            <a
              key={key}
              class="span-link"
              href={key === "day" ? "/" : address("/", { span: key })}
              aria-current={key === span ? "page" : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
      }
    >
      <Receiving counts={accounting.answer} stats={stats.answer} />
      <div class="columns">
        <section class="sheet" aria-labelledby="frames">
          <header>
            <h2 id="frames">Frames</h2>
            <span>since the collector's start{stats.answer && `, ${time(stats.answer.since)}`}</span>
          </header>
          <div class="body">
            <Answered asked={accounting}>{(answer) => <Accounting counts={answer} />}</Answered>
            {overview.answer !== undefined && (
              <p class="span-losses">
                {SPANS[span]?.name}: <Losses of={overview.answer} />
              </p>
            )}
          </div>
        </section>
        <section class="sheet" aria-labelledby="rate">
          <header>
            <h2 id="rate">Last hour</h2>
            <span>frames a second</span>
          </header>
          <div class="body">
            <Answered asked={stats}>{({ history }) => <RatePlot {...history} />}</Answered>
          </div>
        </section>
      </div>
      <Answered asked={stats}>
        {({ inputs, outputs }) => (
          <>
            <Inputs inputs={inputs} />
            <Outputs outputs={outputs} />
          </>
        )}
      </Answered>
      <Answered asked={overview}>{(answer) => <Ran answer={answer} />}</Answered>
    </View>
  );
}

/** The rate now is what came between two looks. */
function Receiving({
  counts,
  stats,
}: {
  counts: Answer<"accounting"> | undefined;
  stats: Answer<"stats"> | undefined;
}) {
  const received = counts?.received;
  const before = useRef<{ received: number; at: number } | undefined>(undefined);
  const [now, setNow] = useState<number>();
  useEffect(() => {
    if (received === undefined) return;
    const at = performance.now();
    const last = before.current;
    if (last !== undefined && at > last.at) {
      setNow(Math.max(0, (1000 * (received - last.received)) / (at - last.at)));
    }
    before.current = { received, at };
    // Each answer is a new look, also when it says the same.
  }, [counts]);
  const rate = (value: number | undefined) =>
    value === undefined ? "–" : value >= 100 || value === 0 ? compact(value) : value.toFixed(1);
  return (
    <dl class="figures">
      <div>
        <dt>Receiving now</dt>
        <dd>
          {rate(now)}
          <small>frames a second</small>
        </dd>
      </div>
      {(["last1", "last5", "last15"] as const).map((pick) => (
        <div key={pick}>
          <dt>Last {pick === "last1" ? "minute" : `${pick.slice(4)} minutes`}</dt>
          <dd>
            {rate(stats?.received[pick])}
            <small>frames a second</small>
          </dd>
        </div>
      ))}
      <div>
        <dt>Received</dt>
        <dd>
          {received === undefined ? "–" : compact(received)}
          <small>frames since the start</small>
        </dd>
      </div>
    </dl>
  );
}

/** Where every frame went. */
function Accounting({ counts }: { counts: Answer<"accounting"> }) {
  const { received, stored, duplicate, rejected, dropped, pending, kernelDropped } = counts;
  const reasons = (kind: string, all: Record<string, number>) =>
    Object.entries(all).map(([reason, frames]) => [`${kind}: ${reason}`, frames] as const);
  const lost = lostIn(counts);
  const rows: (readonly [string, number])[] = [
    ["Stored", stored],
    ["Repeats", duplicate],
    ...reasons("Rejected", rejected),
    ...reasons("Dropped", dropped),
    ["Under way", pending],
  ];
  return (
    <>
      <p class={lost === 0 ? "tone-good" : "tone-bad"}>
        {lost === 0
          ? "✓ Nothing was lost."
          : `✕ ${counted(lost, "frame is", "frames are")} not in the store (${share(lost, received + kernelDropped)}).`}
      </p>
      <table class="plain">
        <caption class="unseen">Where every frame went</caption>
        <tbody>
          {rows.map(([name, frames]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="num">{count(frames)}</td>
            </tr>
          ))}
          <tr class="sum">
            <th scope="row">Received</th>
            <td class="num">{count(received)}</td>
          </tr>
          <tr>
            <th scope="row">Lost by the kernel before</th>
            <td class="num">{count(kernelDropped)}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

/** What ran in the span. */
function Ran({ answer }: { answer: OverviewAnswer }) {
  const { processes, jobs, users, hosts, cpuSeconds, verdicts, software, topUsers, topHosts } = answer;
  if (processes === 0) {
    return (
      <>
        <Notice title="No process in this span">
          <p>A program that runs under the preload library appears within a second:</p>
          <pre class="command">
            <code>ogrt-run --job test -- ls</code>
          </pre>
        </Notice>
        <Completeness of={answer} />
      </>
    );
  }
  const most = Math.max(1, ...software.map(({ runs }) => runs));
  return (
    <>
      <dl class="figures">
        {(
          [
            ["Processes", compact(processes)],
            ["Jobs", compact(jobs)],
            ["Users", compact(users)],
            ["Hosts", compact(hosts)],
            ["CPU time", duration(cpuSeconds * 1000)],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section class="sheet" aria-labelledby="verdicts">
        <header>
          <h2 id="verdicts">Verdicts</h2>
          <span>
            processes by the verdict on their program · <a href="/problems">what to look at</a>
          </span>
        </header>
        <div class="body">
          <VerdictShares counts={verdicts} />
        </div>
      </section>
      <div class="columns three">
        <section class="sheet" aria-labelledby="top-software">
          <header>
            <h2 id="top-software">Software</h2>
            <a href="/software">all</a>
          </header>
          <table>
            <caption class="unseen">Software that ran most</caption>
            <tbody>
              {software.map(({ software, source, runs }) => (
                <tr key={`${source} ${software}`}>
                  <th scope="row">
                    {source === "path" ? (
                      <a href={address("/lookup", { q: software })}>
                        <Reported text={software} />
                      </a>
                    ) : (
                      <Reported text={software} />
                    )}
                    <i class="bar" style={{ width: `${(100 * runs) / most}%` }} />
                  </th>
                  <td class="num">{compact(runs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <Top title="Users" name="user" rows={topUsers.map((row) => ({ ...row, name: row.user }))} />
        <Top title="Hosts" name="host" rows={topHosts.map((row) => ({ ...row, name: row.host }))} />
      </div>
      <Completeness of={answer} />
    </>
  );
}

interface TopProps {
  readonly title: string;
  readonly name: "user" | "host";
  readonly rows: readonly { readonly name: string | null; readonly processes: number }[];
}

function Top({ title, name, rows }: TopProps) {
  const most = Math.max(1, ...rows.map(({ processes }) => processes));
  return (
    <section class="sheet" aria-labelledby={`top-${name}`}>
      <header>
        <h2 id={`top-${name}`}>{title}</h2>
        <span>processes</span>
      </header>
      <table>
        <caption class="unseen">{title} with the most processes</caption>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.name}`}>
              <th scope="row">
                {row.name === null ? (
                  <span class="faint">not told</span>
                ) : (
                  <a href={address("/jobs", { [name]: row.name })}>
                    <Reported text={row.name} />
                  </a>
                )}
                <i class="bar" style={{ width: `${(100 * row.processes) / most}%` }} />
              </th>
              <td class="num">{compact(row.processes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
