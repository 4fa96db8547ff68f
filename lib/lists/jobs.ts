import { cpuTime, detail, JOB_COLUMNS, list, names, number, time } from "./column.js";

export const JOBS = list("jobs", "jobs", [
  ...JOB_COLUMNS,
  names("users", "Users", "userCount"),
  detail(names("hosts", "Hosts", "hostCount")),
  number("processes", "Processes"),
  detail(number("programs", "Programs")),
  detail(cpuTime("processes")),
  detail(time("firstUse", "First use")),
  time("lastUse", "Last use"),
]);
