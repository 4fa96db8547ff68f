import { join } from "node:path";
import { expect, it } from "vitest";
import type { Answer, Input } from "../../../lib/client/index.js";
import { answer, type QuestionName, type QuestionRequest } from "../../../lib/collector/answers/registry.js";
import { NameTableBuilder } from "../../../lib/collector/names/name-table.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";

/* Answers that count distinct jobs and users beside the same counts in plain SQL over the single records. */

const TIMEOUTS = { beginMs: 60_000, answerMs: 60_000 };
const PROCESSES = 240;
/** Programs have the ids 1 to 6, libraries 11 to 16; lists 1 to 8 are of libraries. A late finding has its id plus 100. */
const DICTIONARIES = `
  INSERT INTO object (id, path, soname, signatures, build_id) SELECT id, CASE WHEN id <= 6 THEN '/home/u/p' || id ELSE '/sw/lib' || id || '.so' END, NULL, [], md5(id::VARCHAR)
    FROM (SELECT unnest([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16]) AS id);
  INSERT INTO finding (id, object, verdict) SELECT id + late, id, CASE WHEN late = 0 THEN 'unchecked' ELSE 'verified' END
    FROM object, (VALUES (0), (100)) t(late);
  INSERT INTO object_list SELECT list, position, 11 + (list * 5 + position * position) % 6 FROM range(1, 9) l(list), range(3) p(position);
  INSERT INTO object (id, path, soname, signatures, build_id) SELECT i, '/sw/test', NULL, [], md5(i::VARCHAR) FROM range(1000, 2100) t(i);
  INSERT INTO finding (id, object, verdict) SELECT id, id, 'unsigned' FROM object WHERE id >= 1000;
  INSERT INTO text_list SELECT list, 0, 'tool' || list || '/1.0' FROM range(1, 4) l(list);`;

const uuid = (process: number) => `00000000-0000-4000-8000-${`${process}`.padStart(12, "0")}`;
const text = (value: string | undefined) => (value === undefined ? "NULL" : `'${value}'`);

/** Numbers like those of a generator of random numbers, the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Statements that insert the facts in the order of their sequences. Jobs run for minutes up to weeks, some have several
 * users; ends come before or long after the starts, and verdicts late.
 */
function facts(random: (below: number) => number): string[] {
  const all: { readonly at: number; readonly insert: (sequence: number) => string }[] = [];
  for (let process = 0; process < PROCESSES; process++) {
    const job = random(8) === 0 ? undefined : random(40);
    const cluster = job === undefined || job % 7 === 0 ? undefined : ["alpha", "beta"][job % 2];
    const task = job !== undefined && job % 5 === 0 ? `${job % 3}` : undefined;
    // From 20 February to 1 May. Every fourth job takes weeks, the others seconds or some hours.
    const days = job === undefined ? random(70) : ((job * 13) % 50) + (job % 4 === 0 ? random(20) : 0);
    const seconds = job === undefined || job % 3 === 0 ? random(86_400) : ((job * 7919) % 86_400) + random(60);
    const started = `TIMESTAMP '2026-02-20' + to_days(${days}) + to_seconds(${seconds})`;
    const at = random(1000);
    const user = job === undefined || job % 6 === 0 ? random(5) : job % 5;
    all.push({
      at,
      insert: (
        sequence,
      ) => `INSERT INTO process (uuid, started, received, job, cluster, array_job, array_task, user_name, host,
          program, objects, modules, environment, sequence)
        VALUES ('${uuid(process)}', ${started}, ${started}, ${text(job?.toString())}, ${text(cluster)},
          ${text(task && "900")}, ${text(task)}, 'u${user}', 'n${random(3)}', ${1 + random(6)}, ${1 + random(6)}, ${random(4)}, 0, ${sequence})`,
    });
    if (random(4) > 0) {
      all.push({
        at: random(3) === 0 ? at - 1 : at + random(400),
        insert: (sequence) => `INSERT INTO process_end (uuid, part, received, user_time, system_time, objects, sequence)
          VALUES ('${uuid(process)}', 0, ${started}, ${random(1000)}, 0, ${random(3) === 0 ? 7 + random(2) : 0}, ${sequence})`,
      });
    }
    for (let amendment = random(6) - 3; amendment > 0; amendment--) {
      all.push({
        at: at + amendment * 100,
        insert: (sequence) => `INSERT INTO amendment
          SELECT uuid, 'start', 0, program % 100 + 100, objects, received, ${sequence} FROM process WHERE uuid = '${uuid(process)}'`,
      });
    }
  }
  // A job that ran very many programs, on two days.
  for (const [at, half] of [0, 1].map((part) => [300 + part * 400, part] as const)) {
    all.push({
      at,
      insert: (
        sequence,
      ) => `INSERT INTO process (uuid, started, received, job, user_name, host, program, objects, modules, environment, sequence)
        SELECT uuid(), TIMESTAMP '2026-03-07T05:59:00' + to_minutes(i::INTEGER), TIMESTAMP '2026-03-07', 'many', 'u1', 'n1', i, 1 + i % 2, 0, 0, ${sequence}
        FROM range(${1000 + half * 550}, ${1550 + half * 550}) t(i)`,
    });
  }
  // Jobs that report nothing, and reports of a start that come again, weeks later.
  for (let event = 0; event < 90; event++) {
    const job = random(60);
    const happened = `TIMESTAMP '2026-02-20' + to_days(${random(70)}) + to_seconds(${event})`;
    all.push({
      at: random(1000),
      insert: (sequence) => `INSERT INTO job_event
        VALUES ('${job}', '${random(5) === 0 ? "end" : "start"}', ${happened}, ${happened}, ${sequence}, ${text([undefined, "alpha", "beta"][job % 3])})`,
    });
  }
  return all.sort((one, other) => one.at - other.at).map(({ insert }, index) => insert(index + 1));
}

/** The processes of a span with their last verdicts, named by `name`, a table of paths and software. */
const PROCESS = `
  WITH v AS (SELECT uuid, arg_max(program, sequence) AS program FROM amendment GROUP BY uuid),
  fact AS (
    SELECT p.*, f.verdict, o.path, CASE WHEN p.job IS NOT NULL THEN (p.cluster, p.job, p.array_job, p.array_task) END AS own_job,
      e.user_time, e.objects AS later
    FROM process p LEFT JOIN v USING (uuid) LEFT JOIN process_end e USING (uuid)
      JOIN finding f ON f.id = coalesce(v.program, p.program) JOIN object o ON o.id = f.object
  )`;
const COUNTS = "count(*)::INTEGER, count(DISTINCT user_name)::INTEGER, count(DISTINCT own_job)::INTEGER";

type Span = { readonly since?: string; readonly until?: string };
const SPANS: readonly Span[] = [
  {},
  { since: "2026-03-01", until: "2026-04-01" },
  { since: "2026-03-05T09:30:00Z", until: "2026-03-20T18:00:00.5Z" },
  { since: "2026-03-07T06:00:00Z", until: "2026-03-07T17:00:00Z" },
];
const within = ({ since, until }: Span) =>
  [
    since === undefined ? "true" : `started >= TIMESTAMP '${since.replace("Z", "")}'`,
    until === undefined ? "true" : `started < TIMESTAMP '${until.replace("Z", "")}'`,
  ].join(" AND ");

const RANKINGS = [
  ["runs", "all", ""],
  ["jobs", "all", ""],
  ["jobs", "month", "%Y-%m"],
  ["users", "month", "%Y-%m"],
  ["jobs", "day", "%Y-%m-%d"],
] as const;

type Store = Awaited<ReturnType<typeof openStore>>;

async function compare({ questions, rows }: Store, names: string, spans = SPANS): Promise<void> {
  const ask = <N extends QuestionName>(name: N, input: Input<N>) =>
    questions.ask(
      async (context) => (await answer(context, { name, input } as unknown as QuestionRequest)) as Answer<N>,
      Date.now(),
      TIMEOUTS,
    );
  const select = (list: string, condition: string, rest = "") =>
    rows(`${PROCESS}, named AS (${names}) SELECT ${list} FROM fact JOIN named USING (path) WHERE ${condition} ${rest}`);
  // Hosts of different clusters differ. One without a cluster is that of the only cluster that has its name.
  const hostsOf = async (condition: string) => {
    const hosts = await select(
      "count(DISTINCT cluster)::INTEGER, bool_or(cluster IS NULL)",
      condition,
      "GROUP BY host",
    );
    const placesOf = ([clusters, hasUnnamed]: [number, boolean]) =>
      clusters === 1 || !hasUnnamed ? clusters : clusters + 1;
    return (hosts as [number, boolean][]).reduce((sum, host) => sum + placesOf(host), 0);
  };
  const countsOf = async (condition: string) => [
    ...((await select(COUNTS, condition))[0] ?? []),
    await hostsOf(condition),
  ];
  for (const span of spans) {
    const inSpan = within(span);
    for (const [filter, condition] of [
      [{}, "true"],
      [{ cluster: "alpha" }, "cluster = 'alpha'"],
    ] as const) {
      const where = `${inSpan} AND ${condition}`;
      const overview = await ask("overview", { ...span, ...filter });
      expect(
        [overview.processes, overview.users, overview.jobs, overview.hosts],
        JSON.stringify([span, filter]),
      ).toEqual(await countsOf(where));
      expect(Object.fromEntries(await select("verdict, count(*)::INTEGER", where, "GROUP BY verdict"))).toEqual(
        overview.verdicts,
      );
      for (const [by, period, format] of RANKINGS) {
        const { software } = await ask("software", {
          ...span,
          ...filter,
          period,
          by,
          limit: 1000,
        });
        const periodOf = format === "" ? "NULL" : `strftime(started, '${format}')`;
        const amount = { runs: "count(*)", jobs: "count(DISTINCT own_job)", users: "count(DISTINCT user_name)" }[by];
        expect(
          software.map((row) => [row.period, row.software, row.runs, row.users, row.jobs, row.cpuSeconds]),
          JSON.stringify([span, filter, period, by]),
        ).toEqual(
          await select(
            `${periodOf} AS period, software, ${COUNTS}, sum(user_time) / 1000`,
            where,
            `GROUP BY period, software ORDER BY period DESC, ${amount} DESC, software`,
          ),
        );
      }
    }
    for (const fewer of [1, 4]) {
      const { jobs, known } = await ask("coverageJobs", { ...span, fewer, limit: 1000 });
      const happened = inSpan.replaceAll("started", "happened");
      const expected = await rows(`
        SELECT e.cluster, e.job, (
            SELECT count(*)::INTEGER FROM process p
            WHERE p.job = e.job AND (p.cluster IS NULL OR e.cluster IS NULL OR p.cluster = e.cluster)
          ) AS processes
        FROM job_event e WHERE kind = 'start' AND ${happened} GROUP BY e.cluster, e.job ORDER BY min(e.happened) DESC`);
      expect(known, JSON.stringify(span)).toBe(expected.length);
      expect(
        jobs.map((row) => [row.cluster, row.job, row.processes]),
        JSON.stringify([span, fewer]),
      ).toEqual(expected.filter(([, , count]) => (count as number) < fewer));
    }
    for (const user of [undefined, "u1"]) {
      const { programs } = await ask("userPrograms", { ...span, ...(user !== undefined && { user }) });
      const ofUser = user === undefined ? "true" : `user_name = '${user}'`;
      const expected = await select(
        `path, ${COUNTS}`,
        `${inSpan} AND ${ofUser} AND software = path AND path LIKE '/home/%'`,
        "GROUP BY path ORDER BY path",
      );
      expect(programs.map((row) => [row.paths[0], row.runs, row.userCount, row.jobs]).sort()).toEqual(expected);
      if (user !== undefined || inSpan !== within({})) continue;
      const libraries = await rows(`${PROCESS}
        SELECT fact.path, list(DISTINCT o.path ORDER BY o.path) FROM fact
          JOIN object_list l ON l.list = fact.objects OR l.list = fact.later JOIN object o ON o.id = l.finding
        WHERE fact.path LIKE '/home/%' GROUP BY fact.path`);
      const known = new Map(libraries as [string, string[]][]);
      for (const row of programs) expect(row.libraries).toEqual(known.get(row.paths[0] ?? ""));
    }
    for (const path of ["/home/u/p3", "/sw/lib13.so", "/sw/lib1?.so"]) {
      const found = await ask("affected", { ...span, path });
      const pattern = path.replaceAll("?", "_");
      const has = (list: string) =>
        `${list} IN (SELECT list FROM object_list l JOIN object m ON m.id = l.finding WHERE m.path LIKE '${pattern}')`;
      const wanted = `${inSpan} AND (path LIKE '${pattern}' OR ${has("objects")} OR coalesce(${has("later")}, false))`;
      expect([found.processes, found.users, found.jobs, found.hosts], JSON.stringify([span, path])).toEqual(
        await countsOf(wanted),
      );
      for (const [limit, cursor] of [
        [5, undefined],
        [7, "5"],
      ] as const) {
        const { jobs } = await ask("affectedJobs", { ...span, path, limit, ...(cursor !== undefined && { cursor }) });
        const ordered = await select(
          "cluster, count(*)::INTEGER",
          wanted,
          `GROUP BY job, cluster, array_job, array_task ORDER BY max(started) DESC LIMIT ${limit} OFFSET ${cursor ?? 0}`,
        );
        expect(
          jobs.map((row) => [row.cluster, row.processes]),
          JSON.stringify([span, path, limit]),
        ).toEqual(ordered);
      }
    }
  }
}

const PATHS = "SELECT DISTINCT path, path AS software FROM object";
/** A catalogue by which two programs are one piece of software. */
const CATALOGUE = ["/home/u/p1", "/home/u/p2"].map((path) => JSON.stringify([path, null, null, [], "suite", true, 1]));

it("distinct jobs and users, and jobs without processes, are those of plain SQL: late starts, ends and verdicts, spans, periods, filters, new names", async () => {
  const random = numbers(1);
  const store = await openStore(join(temporaryFolder(), "store.duckdb"));
  await store.run(DICTIONARIES);
  const inserts = facts(random);
  for (let done = 0; done < inserts.length; ) {
    const next = Math.min(inserts.length, done + 1 + random(200));
    await store.run(inserts.slice(done, next).join(";"));
    await store.run(`INSERT OR REPLACE INTO meta VALUES ('last_sequence', '${next}')`);
    await store.rollup.step();
    done = next;
  }
  await compare(store, PATHS);
  await store.useNames({
    arrays: new NameTableBuilder().build(),
    catalogue: new TextEncoder().encode(`${CATALOGUE.join("\n")}\n`),
  });
  await compare(
    store,
    "SELECT DISTINCT path, CASE WHEN path IN ('/home/u/p1', '/home/u/p2') THEN 'suite' ELSE path END AS software FROM object",
    SPANS.slice(1, 2),
  );
  await store.end();
}, 300_000);
