import { join } from "node:path";
import { expect, it } from "vitest";
import { CollectorClient } from "../../../lib/client/index.js";
import { encodeMessage, type ObjectReport, type ProcessEnd, type ProcessStart } from "../../../lib/wire/index.js";
import { ALL_TIMES, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

/* The test counts the records that it sent one by one, and compares every answer with the counts. */

interface Sent {
  readonly start: ProcessStart;
  readonly later: readonly ObjectReport[];
  readonly end: ProcessEnd | undefined;
  /** The end arrives before the start: its host is not yet known, so its objects stay unchecked. */
  readonly isReversed: boolean;
}

const SECOND = 1_000_000_000n;
const FIRST = BigInt(Date.parse("2026-03-01T00:00:00Z")) * 1_000_000n;
const PROCESSES = 300;
/** The last processes: their ends arrive after questions were answered once. */
const LATE = 50;
/** Numerical Recipes' generator: the same numbers in every run. */
let state = 1;
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const some = <T>(list: readonly T[]): T => list[random(list.length)] as T;
const buildId = (number: number) => number.toString(16).padStart(40, "0");
const LIBRARIES = Array.from({ length: 12 }, (_, index) => ({
  ...object(
    `/${index % 3 === 0 ? "home/u1" : "sw"}/lib${index % 4}_%/lib${index % 4}.so.${index}`,
    [],
    buildId(index + 1),
  ),
  soname: index % 5 === 0 ? undefined : `lib${index % 4}.so`,
}));
const PROGRAMS = Array.from({ length: 5 }, (_, index) => object(`/sw/bin/p${index}`, [], buildId(100 + index)));
const picked = <T>(list: readonly T[]) => list.filter(() => random(3) === 0);

const sent: Sent[] = Array.from({ length: PROCESSES }, (_, index) => {
  const all = picked(LIBRARIES);
  const objects = all.filter(() => random(4) > 0);
  const start = processStart({
    time: { nanoseconds: FIRST + BigInt(random(5 * 86_400)) * SECOND + BigInt(random(1e9)), precision: 1n },
    job: random(6) === 0 ? undefined : `${random(30)}`,
    user: `u${random(4)}`,
    host: `n${random(3)}`,
    pid: index + 2,
    program: some(PROGRAMS),
    objects,
    modules: picked(["a/1", "b/2", "c/3"]),
  });
  const isLoadedLater = random(2) === 0;
  const rest = all.filter((one) => !objects.includes(one));
  const usage = { ...processEnd("").usage, userTime: BigInt(random(5000)), systemTime: BigInt(random(500)) };
  const hasEnd = isLoadedLater || random(4) > 0;
  const end = hasEnd ? processEnd(start.uuid ?? "", { usage, objects: isLoadedLater ? rest : [] }) : undefined;
  return { start, later: isLoadedLater ? rest : [], end, isReversed: index % 3 === 0 && index < PROCESSES - LATE };
});

const nanoseconds = ({ start }: Sent) => start.time.nanoseconds;
const iso = (time: bigint) =>
  `${new Date(Number(time / SECOND) * 1000).toISOString().slice(0, 19)}.${`${time % SECOND}`.padStart(9, "0")}Z`;
const dayOf = (one: Sent) => iso(nanoseconds(one)).slice(0, 10);
const distinct = (values: readonly (string | undefined)[]) =>
  new Set(values.filter((value) => value !== undefined)).size;
const cpuOf = ({ end }: Sent) => (end === undefined ? 0 : Number(end.usage.userTime + end.usage.systemTime) / 1000);
const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
function groups(list: readonly Sent[], keyOf: (one: Sent) => string): Map<string, Sent[]> {
  const found = new Map<string, Sent[]>();
  for (const one of list) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return found;
}

const extent = (list: readonly Sent[]) => {
  const times = list.map(nanoseconds).sort((a, b) => (a < b ? -1 : 1));
  return { firstUse: iso(times[0] ?? 0n), lastUse: iso(times.at(-1) ?? 0n) };
};
const uses = ({ start, later }: Sent, wanted: (one: ObjectReport) => boolean) =>
  [start.program, ...start.objects, ...later].some(wanted);
const sonameOf = ({ soname, path }: ObjectReport) => soname ?? path.slice(path.lastIndexOf("/") + 1);

/** Spans that end within days, at the start of a process or just after it, at whole days, and open ones. */
const SPANS = Array.from({ length: 3 }, (_, index) => {
  const [one, other] = [nanoseconds(some(sent)), nanoseconds(some(sent))];
  const [since, until] = one < other ? [one, other] : [other, one];
  return index === 0
    ? {}
    : index === 1
      ? { since: "2026-03-02", until: "2026-03-04" }
      : { since: iso(since), until: iso(until) };
});
const SELECTIONS: [Record<string, string>, (one: ObjectReport) => boolean][] = [
  [{ soname: "lib1.so" }, (one) => sonameOf(one) === "lib1.so"],
  [{ soname: "lib?.so" }, (one) => /^lib.\.so$/.test(sonameOf(one))],
  [{ path: "/sw/lib?_%/*" }, (one) => /^\/sw\/lib._%\/.*$/.test(one.path)],
  [{ buildId: buildId(4) }, (one) => one.buildId === buildId(4)],
];

async function compare(client: CollectorClient, list: readonly Sent[]): Promise<void> {
  for (const span of SPANS) {
    const isIn = (one: Sent) =>
      ("since" in span ? iso(nanoseconds(one)) >= (span.since ?? "") : true) &&
      ("until" in span ? iso(nanoseconds(one)) < (span.until ?? "") : true);
    const all = list.filter(isIn);
    const overview = await client.overview(span);
    expect(overview).toMatchObject({
      processes: all.length,
      jobs: distinct(all.map(({ start }) => start.job)),
      completeness: { processes: all.length, withoutEnd: all.filter(({ end }) => end === undefined).length },
    });
    expect(overview.cpuSeconds).toBeCloseTo(total(all.map(cpuOf)), 6);
    for (const [selection, wanted] of SELECTIONS) {
      const found = await client.affected({ ...selection, ...span });
      const users = all.filter((one) => uses(one, wanted));
      expect([selection, span, found]).toMatchObject([
        selection,
        span,
        {
          processes: users.length,
          jobs: distinct(users.map(({ start }) => start.job)),
          users: distinct(users.map(({ start }) => start.user)),
          hosts: distinct(users.map(({ start }) => start.host)),
          ...(users.length > 0 ? extent(users) : { firstUse: null, lastUse: null }),
        },
      ]);
      for (const build of found.objects) {
        const having = users.filter((one) => uses(one, ({ path }) => path === build.path));
        expect([build.path, build.processes, build.lastUse]).toEqual([
          build.path,
          having.length,
          having.length > 0 ? extent(having).lastUse : null,
        ]);
      }
      const { jobs } = await client.affectedJobs({ ...selection, ...span, limit: 1000 });
      const byJob = groups(users, ({ start }) => start.job ?? "");
      expect(new Map(jobs.map(({ job, processes, lastUse }) => [job ?? "", [processes, lastUse]]))).toEqual(
        new Map([...byJob].map(([job, own]) => [job, [own.length, extent(own).lastUse]])),
      );
    }
    for (const [selection, wanted] of SELECTIONS.slice(1, 2)) {
      const users = all.filter((one) => uses(one, wanted));
      const seen: string[] = [];
      for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
        const page: Awaited<ReturnType<typeof client.affectedProcesses>> = await client.affectedProcesses({
          ...selection,
          ...span,
          limit: 37,
          ...(cursor !== null && { cursor }),
        });
        seen.push(...page.processes.map(({ uuid }) => uuid));
        cursor = page.next;
      }
      expect(seen.sort()).toEqual(users.map(({ start }) => start.uuid ?? "").sort());
    }
    const { software } = await client.software({ ...span, period: "day", limit: 1000 });
    const byDay = groups(all, (one) => `${dayOf(one)} ${one.start.program.path}`);
    expect(new Map(software.map((row) => [`${row.period} ${row.software}`, row.runs]))).toEqual(
      new Map([...byDay].map(([key, own]) => [key, own.length])),
    );
    for (const { period, software: name, cpuSeconds } of software) {
      expect(cpuSeconds).toBeCloseTo(total((byDay.get(`${period} ${name}`) ?? []).map(cpuOf)), 6);
    }
    const { hosts } = await client.coverageHosts({ ...span, limit: 1000 });
    const byHost = groups(all, (one) => `${one.start.host} ${dayOf(one)}`);
    expect(new Map(hosts.map(({ host, day, processes }) => [`${host} ${day}`, processes]))).toEqual(
      new Map([...byHost].map(([key, own]) => [key, own.length])),
    );
    const { objects } = await client.oddObjects({ ...span, verdict: "missing", limit: 1000 });
    const onHost = all.filter(({ start }) => start.host === "n0");
    const missing = new Map(
      [...PROGRAMS, ...LIBRARIES].map(({ path }) => [
        path,
        onHost.filter((one) => uses(one.isReversed ? { ...one, later: [] } : one, (o) => o.path === path)),
      ]),
    );
    expect(new Map(objects.map((row) => [row.path, [row.processes, row.jobs, row.userCount]]))).toEqual(
      new Map(
        [...missing]
          .filter(([, own]) => own.length > 0)
          .map(([path, own]) => [
            path,
            [own.length, distinct(own.map(({ start }) => start.job)), distinct(own.map(({ start }) => start.user))],
          ]),
      ),
    );
  }
  const { modules } = await client.unusedModules({});
  for (const { module, processes, lastUse } of modules) {
    const own = list.filter(({ start }) => start.modules.includes(module));
    expect([module, processes, lastUse]).toEqual([module, own.length, extent(own).lastUse]);
  }
}

it("answers equal counts over the single records: after ends in disorder, kill -9 and forget, with and without a collector", async () => {
  const data = join(temporaryFolder(), "data");
  const start = () => startCollector(data, "--host-name", "n0", ...ALL_TIMES);
  const clientOf = ({ where, token }: RunningCollector) => new CollectorClient({ url: where.http, token });
  let collector = await start();
  const [early, late] = [sent.slice(0, -LATE), sent.slice(-LATE)];
  const frames = early.flatMap(({ start, end, isReversed }) => {
    const both = [start, ...(end === undefined ? [] : [end])].map(encodeMessage);
    return isReversed ? both.reverse() : both;
  });
  await collector.send(...frames, ...late.map(({ start }) => encodeMessage(start)), ...frames.slice(0, 20));
  await collector.waitForFrames(frames.length + late.length + 20);
  await compare(clientOf(collector), [...early, ...late.map((one) => ({ ...one, end: undefined, later: [] }))]);
  const ends = late.flatMap(({ end }) => (end === undefined ? [] : [encodeMessage(end)]));
  await collector.send(...ends);
  await collector.waitForFrames(frames.length + late.length + 20 + ends.length);
  await clientOf(collector).overview({});
  await collector.stop("SIGKILL");
  collector = await start();
  await compare(clientOf(collector), sent);
  await clientOf(collector).forget({ user: "u2" });
  const rest = sent.filter(({ start }) => start.user !== "u2");
  await compare(clientOf(collector), rest);
  const online = await clientOf(collector).affected({ soname: "lib1.so" });
  await collector.stop();
  const {
    completeness: _,
    span: __,
    ...offline
  } = JSON.parse(
    tool("ogrt-query", "--data", data, "--json", "affected", "--as", "soname", "lib1.so", "--by", "jobs").stdout,
  );
  expect(offline.jobs).toHaveLength(
    online.jobs + (offline.jobs.some(({ job }: { job: unknown }) => job === null) ? 1 : 0),
  );
}, 300_000);
