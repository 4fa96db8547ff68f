// The questions of the benchmark: name, address below /api/v1, and the SQL that one would write by hand for the same
// numbers, or undefined where that is no fair comparison.
const SPAN = "since=2026-05-01&until=2026-06-01";
const objects = `SELECT p.uuid FROM process p JOIN object_list l ON l.list = p.objects JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object`;

export const QUESTIONS = [
  [
    "overview",
    "overview",
    "SELECT count(*), count(DISTINCT job), count(DISTINCT user_name), count(DISTINCT host) FROM process",
  ],
  [
    "affected: a library that all load",
    "affected?soname=libsys2001.so.1",
    `SELECT count(*), count(DISTINCT job), min(started), max(started) FROM process WHERE uuid IN (${objects} WHERE o.soname = 'libsys2001.so.1')`,
  ],
  [
    "affected jobs, same",
    "affected/jobs?soname=libsys2001.so.1",
    `SELECT job, count(*), max(started) AS last FROM process WHERE uuid IN (${objects} WHERE o.soname = 'libsys2001.so.1') GROUP BY job ORDER BY last DESC LIMIT 100`,
  ],
  [
    "affected: a library that few load",
    "affected?soname=libnum400.so.3",
    `SELECT count(*), count(DISTINCT job), min(started), max(started) FROM process WHERE uuid IN (${objects} WHERE o.soname = 'libnum400.so.3')`,
  ],
  [
    "affected users, same",
    "affected/users?soname=libnum400.so.3",
    `SELECT user_name, count(*) FROM process WHERE uuid IN (${objects} WHERE o.soname = 'libnum400.so.3') GROUP BY user_name`,
  ],
  [
    "affected hosts, glob",
    "affected/hosts?path=/sw/lib40*",
    `SELECT host, count(*) FROM process WHERE uuid IN (${objects} WHERE o.path LIKE '/sw/lib40%') GROUP BY host`,
  ],
  ["affected, one month", `affected?soname=libnum400.so.3&${SPAN}`, undefined],
  ["affected, from an hour on", "affected?soname=libnum400.so.3&since=2026-06-01T09:30:00Z", undefined],
  [
    "affected processes",
    "affected/processes?soname=libnum400.so.3",
    `SELECT * FROM process WHERE uuid IN (${objects} WHERE o.soname = 'libnum400.so.3') ORDER BY received DESC LIMIT 100`,
  ],
  [
    "processes of a user",
    "processes?user=user7",
    "SELECT * FROM process WHERE user_name = 'user7' ORDER BY received DESC LIMIT 100",
  ],
  ["process", "process?uuid=UUID", "SELECT * FROM process WHERE uuid = 'UUID'"],
  [
    "jobs of a user",
    "jobs?user=user7",
    "SELECT job, count(*), max(started) AS last FROM process WHERE user_name = 'user7' GROUP BY job ORDER BY last DESC LIMIT 100",
  ],
  ["job", "job?id=4250000", "SELECT * FROM process p LEFT JOIN process_end e USING (uuid) WHERE p.job = '4250000'"],
  ["job difference", "job/difference?first=4250000&second=4251800", undefined],
  [
    "software, the whole year",
    "software",
    "SELECT o.path, count(*) AS runs, count(DISTINCT user_name), count(DISTINCT job) FROM process p JOIN finding f ON f.id = p.program JOIN object o ON o.id = f.object GROUP BY o.path ORDER BY runs DESC LIMIT 100",
  ],
  [
    "software by CPU seconds and month",
    "software?by=cpu&period=month",
    "SELECT strftime(p.started, '%Y-%m') AS m, o.path, sum(e.user_time + e.system_time) AS cpu FROM process p JOIN process_end e USING (uuid) JOIN finding f ON f.id = p.program JOIN object o ON o.id = f.object GROUP BY m, o.path ORDER BY m DESC, cpu DESC LIMIT 100",
  ],
  ["software by day", `software?period=day&${SPAN}`, undefined],
  ["unused builds", "unused/builds?since=2026-06-01", undefined],
  [
    "unused modules",
    "unused/modules",
    "SELECT t.value, max(p.started) AS last FROM process p JOIN text_list t ON t.list = p.modules GROUP BY t.value ORDER BY last LIMIT 100",
  ],
  [
    "user programs",
    "user-programs",
    "SELECT o.path, count(*) AS runs FROM process p JOIN finding f ON f.id = p.program JOIN object o ON o.id = f.object WHERE o.path LIKE '/home/%' OR o.path LIKE '/scratch/%' GROUP BY o.path ORDER BY runs DESC LIMIT 100",
  ],
  ["odd libraries", "odd/libraries", undefined],
  ["odd environments, the last week", "odd/environments?until=2026-11-22", undefined],
  [
    "odd objects",
    "odd/objects",
    `SELECT o.path, count(*) AS n FROM process p JOIN object_list l ON l.list = p.objects JOIN finding f ON f.id = l.finding JOIN object o ON o.id = f.object WHERE f.verdict = 'mismatch' GROUP BY o.path ORDER BY n DESC LIMIT 100`,
  ],
  [
    "coverage",
    "coverage",
    "SELECT date_trunc('day', minute) AS day, kind, sum(frames) FROM accounting GROUP BY ALL ORDER BY day DESC",
  ],
  [
    "coverage of hosts",
    "coverage/hosts",
    "SELECT host, started::DATE AS day, count(*) FROM process GROUP BY host, day ORDER BY day DESC LIMIT 100",
  ],
  [
    "coverage of jobs",
    "coverage/jobs",
    "SELECT e.job FROM job_event e LEFT JOIN process p ON p.job = e.job WHERE e.kind = 'start' GROUP BY e.job HAVING count(p.uuid) < 1 LIMIT 100",
  ],
];
