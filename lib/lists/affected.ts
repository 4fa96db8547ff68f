import { detail, HOST_COLUMNS, JOB_COLUMNS, list, names, number, path, text, time, verdicts } from "./column.js";
import { PROCESS_COLUMNS } from "./processes.js";

export const AFFECTED_JOBS = list("affectedJobs", "jobs", [
  ...JOB_COLUMNS,
  number("processes", "Processes"),
  names("users", "Users", "userCount"),
  detail(names("hosts", "Hosts", "hostCount")),
  detail(time("firstUse", "First use")),
  time("lastUse", "Last use"),
]);

export const AFFECTED_USERS = list("affectedUsers", "users", [
  text("user", "User"),
  detail(text("address", "Address")),
  number("processes", "Processes"),
  number("jobs", "Jobs"),
  detail(number("hosts", "Hosts")),
  detail(time("firstUse", "First use")),
  time("lastUse", "Last use"),
]);

export const AFFECTED_HOSTS = list("affectedHosts", "hosts", [
  ...HOST_COLUMNS,
  number("processes", "Processes"),
  number("jobs", "Jobs"),
  number("users", "Users"),
  detail(time("firstUse", "First use")),
  time("lastUse", "Last use"),
]);

export const AFFECTED_PROCESSES = list("affectedProcesses", "processes", PROCESS_COLUMNS);

/** The builds that a selection matches. */
export const AFFECTED_BUILDS = list("affectedBuilds", "builds", [
  path("path", "Object"),
  detail(names("software", "Software")),
  detail(text("buildId", "Build-id")),
  verdicts(names("verdicts", "Verdicts")),
  number("processes", "Processes"),
  detail(time("lastUse", "Last use")),
]);
