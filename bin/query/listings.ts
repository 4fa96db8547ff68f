import type { Answer, OperationName } from "../../lib/client/index.js";
import { type Column, column, fewNames, timeColumn } from "./listing.js";

/* The columns of each answer that is a list. */

type Row<N extends OperationName, K extends keyof Answer<N>> = Answer<N>[K] extends readonly (infer R)[] ? R : never;

type ProcessRow = Row<"processes", "processes">;

const first = <R extends { firstUse: string | null }>() =>
  timeColumn<R>("FIRST USE", "firstUse", (row) => row.firstUse);
const last = <R extends { lastUse: string | null }>() => timeColumn<R>("LAST USE", "lastUse", (row) => row.lastUse);
const processes = <R extends { processes: number }>() => column<R>("PROCESSES", "processes", (row) => row.processes);

export const PROCESSES: readonly Column<ProcessRow>[] = [
  timeColumn("STARTED", "started", (row) => row.started),
  column("JOB", "job", (row) => row.job),
  column("USER", "user", ({ claimed: { user, uid } }) => user ?? (uid === null ? null : `${uid}`)),
  column("HOST", "host", (row) => row.claimed.host),
  column("PID", "pid", (row) => row.pid),
  column("PROGRAM", "program", (row) => row.program.path),
  column("VERDICT", "verdict", (row) => row.program.verdict),
  column("OBJECTS", "objects", ({ verdicts }) =>
    Object.entries(verdicts)
      .map(([name, count]) => `${count} ${name}`)
      .join(", "),
  ),
];

export const AFFECTED_JOBS: readonly Column<Row<"affectedJobs", "jobs">>[] = [
  column("JOB", "job", (row) => row.job),
  processes(),
  column("USERS", "users", ({ users, userCount }) => fewNames(users, userCount)),
  column("HOSTS", "hosts", ({ hosts, hostCount }) => fewNames(hosts, hostCount)),
  first(),
  last(),
];

export const AFFECTED_USERS: readonly Column<Row<"affectedUsers", "users">>[] = [
  column("USER", "user", (row) => row.user),
  column("ADDRESS", "address", (row) => row.address),
  processes(),
  column("JOBS", "jobs", (row) => row.jobs),
  column("HOSTS", "hosts", (row) => row.hosts),
  first(),
  last(),
];

export const AFFECTED_HOSTS: readonly Column<Row<"affectedHosts", "hosts">>[] = [
  column("HOST", "host", (row) => row.host),
  processes(),
  column("JOBS", "jobs", (row) => row.jobs),
  column("USERS", "users", (row) => row.users),
  first(),
  last(),
];

export const FOUND: readonly Column<Row<"affected", "objects">>[] = [
  column("OBJECT", "path", (row) => row.path),
  column("SOFTWARE", "software", (row) => row.software),
  column("BUILD-ID", "buildId", (row) => row.buildId),
  column("VERDICT", "verdicts", (row) => row.verdicts),
  processes(),
  last(),
];

export const JOBS: readonly Column<Row<"jobs", "jobs">>[] = [
  column("JOB", "job", (row) => row.job),
  column("USERS", "users", ({ users, userCount }) => fewNames(users, userCount)),
  column("HOSTS", "hosts", ({ hosts, hostCount }) => fewNames(hosts, hostCount)),
  processes(),
  column("PROGRAMS", "programs", (row) => row.programs),
  column("CPU SECONDS", "cpuSeconds", (row) => row.cpuSeconds),
  first(),
  last(),
];

export const SOFTWARE: readonly Column<Row<"software", "software">>[] = [
  column("PERIOD", "period", (row) => row.period),
  column("SOFTWARE", "software", (row) => row.software),
  column("NAME FROM", "source", (row) => row.source),
  column("RUNS", "runs", (row) => row.runs),
  column("USERS", "users", (row) => row.users),
  column("JOBS", "jobs", (row) => row.jobs),
  column("CPU SECONDS", "cpuSeconds", (row) => row.cpuSeconds),
  last(),
];

export const UNUSED_BUILDS: readonly Column<Row<"unusedBuilds", "builds">>[] = [
  column("FILE", "path", (row) => row.path),
  column("SOFTWARE", "software", (row) => row.software),
  column("BUILD-ID", "buildId", (row) => row.buildId),
  processes(),
  last(),
];

export const UNUSED_MODULES: readonly Column<
  Omit<Row<"unusedModules", "modules">, "lastUse"> & { lastUse: string | null }
>[] = [
  column("MODULE", "module", (row) => row.module),
  processes(),
  column("USERS", "users", (row) => row.users),
  last(),
];

export const USER_PROGRAMS: readonly Column<Row<"userPrograms", "programs">>[] = [
  column("PROGRAM", "paths", ({ paths, pathCount }) => fewNames(paths, pathCount)),
  column("BUILD-ID", "buildId", (row) => row.buildId),
  column("USERS", "users", ({ users, userCount }) => fewNames(users, userCount)),
  column("RUNS", "runs", (row) => row.runs),
  column("CPU SECONDS", "cpuSeconds", (row) => row.cpuSeconds),
  column("COMPILERS", "compilers", (row) => row.compilers),
  column("LIBRARIES", "libraries", (row) => row.libraries),
  last(),
];

export const ODD_LIBRARIES: readonly Column<Row<"oddLibraries", "libraries">>[] = [
  column("SONAME", "soname", (row) => row.soname),
  column("FROM", "path", (row) => row.path),
  column("WHY", "reasons", (row) => row.reasons),
  column("USUALLY FROM", "usual", (row) => row.usual),
  processes(),
  column("USERS", "users", ({ users, userCount }) => fewNames(users, userCount)),
  last(),
];

export const ODD_ENVIRONMENTS: readonly Column<Row<"oddEnvironments", "environments">>[] = [
  column("RULE", "rule", (row) => row.rule),
  processes(),
  column("JOBS", "jobs", (row) => row.jobs),
  column("USERS", "users", ({ users, userCount }) => fewNames(users, userCount)),
  column("EXAMPLE", "example", (row) => row.example),
  column("LAST JOB", "lastJob", (row) => row.lastJob),
  column("WHY", "description", (row) => row.description),
];

export const ODD_OBJECTS: readonly Column<Row<"oddObjects", "objects">>[] = [
  column("OBJECT", "path", (row) => row.path),
  column("VERDICT", "verdict", (row) => row.verdict),
  column("REASON", "reason", (row) => row.reason),
  processes(),
  column("JOBS", "jobs", (row) => row.jobs),
  column("USERS", "userCount", (row) => row.userCount),
  first(),
  last(),
];

export const PERIODS: readonly Column<Row<"coverage", "periods">>[] = [
  timeColumn("START", "start", (row) => row.start),
  column("MINUTES", "minutes", (row) => row.minutes),
  column("RECEIVED", "received", (row) => row.received),
  column("STORED", "stored", (row) => row.stored),
  column("DUPLICATE", "duplicate", (row) => row.duplicate),
  column("REJECTED", "rejected", ({ rejected }) => sum(rejected)),
  column("DROPPED", "dropped", ({ dropped }) => sum(dropped)),
  column("BY THE KERNEL", "kernelDropped", (row) => row.kernelDropped),
];

export const HOST_DAYS: readonly Column<Row<"coverageHosts", "hosts">>[] = [
  column("DAY (UTC)", "day", (row) => row.day),
  column("HOST", "host", (row) => row.host),
  processes(),
  column("USUALLY", "usual", (row) => row.usual),
  column("ENDED", "ended", (row) => row.ended),
  column("JOBS", "jobs", (row) => row.jobs),
  column("USERS", "users", (row) => row.users),
];

export const UNCOVERED_JOBS: readonly Column<Row<"coverageJobs", "jobs">>[] = [
  column("JOB", "job", (row) => row.job),
  processes(),
  column("USER", "user", (row) => row.user),
  timeColumn("STARTED", "started", (row) => row.started),
  timeColumn("ENDED", "ended", (row) => row.ended),
];

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);
