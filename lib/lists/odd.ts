import { detail, jobColumns, list, names, number, path, text, time, verdicts } from "./column.js";

export const ODD_LIBRARIES = list("oddLibraries", "libraries", [
  text("soname", "Soname"),
  path("path", "From"),
  names("reasons", "Why"),
  detail(names("usual", "Usually from")),
  number("processes", "Processes"),
  detail(names("users", "Users", "userCount")),
  detail(time("lastUse", "Last use")),
]);

const LAST_JOB = jobColumns(
  ({ lastCluster, lastJob }: { lastCluster: string | null; lastJob: string | null }) => ({
    cluster: lastCluster,
    job: lastJob,
  }),
  { job: "lastJob", cluster: "lastCluster", heading: "Last job" },
);

export const ODD_ENVIRONMENTS = list("oddEnvironments", "environments", [
  text("rule", "Rule"),
  number("processes", "Processes"),
  detail(number("jobs", "Jobs")),
  names("users", "Users", "userCount"),
  text("example", "Example"),
  ...LAST_JOB.map(detail),
  detail(time("lastUse", "Last use")),
  text("description", "Why"),
]);

export const ODD_OBJECTS = list("oddObjects", "objects", [
  path("path", "Object"),
  verdicts(text("verdict", "Verdict")),
  text("reason", "Reason"),
  detail(names("software", "Software")),
  detail(text("buildId", "Build-id")),
  number("processes", "Processes"),
  detail(number("jobs", "Jobs")),
  detail(number("userCount", "Users")),
  detail(time("firstUse", "First use")),
  detail(time("lastUse", "Last use")),
]);
