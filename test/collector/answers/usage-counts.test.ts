import { join } from "node:path";
import { expect, it } from "vitest";
import type { Answer } from "../../../lib/client/index.js";
import { answer } from "../../../lib/collector/answers/registry.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";

const TIMEOUTS = { beginMs: 60_000, answerMs: 60_000 };
const PROCESSES = 600;

interface Started {
  readonly day: number;
  readonly job: string | null;
  readonly user: string | null;
  readonly host: string | null;
  readonly program: number;
}

/** Some texts stand in several columns, some processes lack them, and two builds have each path. */
const processes: Started[] = Array.from({ length: PROCESSES }, (_, i) => ({
  day: 1 + (i % 3),
  job: i % 11 === 0 ? null : `${(i * 7) % 90}`,
  user: i % 13 === 0 ? null : `${i % 17}`,
  host: i % 5 === 0 ? null : `n${i % 31}`,
  program: 1 + Math.floor(Math.sqrt(i)),
}));
const pathOf = (program: number) => `/bin/p${program >> 1}`;
const distinct = (values: readonly (string | null)[]) => new Set(values.filter((value) => value !== null)).size;

/** A store of these processes. */
async function stored() {
  const { questions, run, end } = await openStore(join(temporaryFolder(), "counts.duckdb"));
  const text = (value: string | null) => (value === null ? "NULL" : `'${value}'`);
  const rows = processes.map(
    ({ day, job, user, host, program }, i) =>
      `(CAST(md5('${i}') AS UUID), TIMESTAMP_NS '2026-03-0${day} 12:00:00', now()::TIMESTAMP_NS,
      ${text(job)}, ${text(user)}, ${text(host)}, ${program}, 0, 0, 0, [], ${i + 1})`,
  );
  await run(
    "INSERT INTO object BY NAME SELECT i::INTEGER AS id, '/bin/p' || (i >> 1) AS path, [] AS signatures FROM range(1, 30) t(i)",
  );
  await run(`INSERT INTO finding BY NAME SELECT i::INTEGER AS id, i::INTEGER AS object,
    CASE WHEN i % 2 = 0 THEN 'unsigned' ELSE 'missing' END AS verdict FROM range(1, 30) t(i)`);
  await run(`INSERT INTO process (uuid, started, received, job, user_name, host, program, objects, modules, environment,
    arguments, sequence) VALUES ${rows.join(",")}`);
  await run(`INSERT OR REPLACE INTO meta VALUES ('last_sequence', '${PROCESSES}')`);
  const ask = (name: "overview" | "software", input: object) =>
    questions.ask((context) => answer(context, { name, input }), Date.now(), TIMEOUTS);
  return { ask, end };
}

const byPath = (list: readonly Started[]) => {
  const groups = new Map<string, Started[]>();
  for (const one of list) groups.set(pathOf(one.program), [...(groups.get(pathOf(one.program)) ?? []), one]);
  return [...groups].map(([software, own]) => ({
    software,
    runs: own.length,
    users: distinct(own.map(({ user }) => user)),
    jobs: distinct(own.map(({ job }) => job)),
  }));
};

it("counts jobs, users, hosts and software exactly, for all time and within days", async () => {
  const { ask, end } = await stored();
  for (const [input, list] of [
    [{}, processes],
    [{ since: "2026-03-02", until: "2026-03-03" }, processes.filter(({ day }) => day === 2)],
    [{ since: "2026-03-02T06:00:00Z" }, processes.filter(({ day }) => day >= 2)],
    [{ since: "2027-01-01" }, []],
  ] as const) {
    expect(await ask("overview", input)).toMatchObject({
      processes: list.length,
      jobs: distinct(list.map(({ job }) => job)),
      users: distinct(list.map(({ user }) => user)),
      hosts: distinct(list.map(({ host }) => host)),
      verdicts: Object.fromEntries(
        [
          ["unsigned", list.filter(({ program }) => program % 2 === 0).length],
          ["missing", list.filter(({ program }) => program % 2 === 1).length],
        ].filter(([, count]) => count !== 0),
      ),
    });
    for (const by of ["runs", "users", "jobs"] as const) {
      const { software } = (await ask("software", { ...input, by, limit: 1000 })) as Answer<"software">;
      const wanted = byPath(list).sort((a, b) => b[by] - a[by] || (a.software < b.software ? -1 : 1));
      expect(software.map(({ software, runs, users, jobs }) => ({ software, runs, users, jobs }))).toEqual(wanted);
    }
  }
  await end();
});

it("counts software by day", async () => {
  const { ask, end } = await stored();
  const { software } = (await ask("software", { by: "jobs", period: "day", limit: 1000 })) as Answer<"software">;
  const found = software.map(({ period, software, jobs }) => ({ period, software, jobs }));
  const wanted = [3, 2, 1].flatMap((day) =>
    byPath(processes.filter((one) => one.day === day))
      .sort((a, b) => b.jobs - a.jobs || (a.software < b.software ? -1 : 1))
      .map(({ software, jobs }) => ({ period: `2026-03-0${day}`, software, jobs })),
  );
  expect(found).toEqual(wanted);
  await end();
});
