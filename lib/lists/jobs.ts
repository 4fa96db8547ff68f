import { detail, duration, list, names, number, text, time } from "./column.js";

export const JOBS = list("jobs", "jobs", [
  text("job", "Job"),
  names("users", "Users", "userCount"),
  detail(names("hosts", "Hosts", "hostCount")),
  number("processes", "Processes"),
  detail(number("programs", "Programs")),
  detail(duration("cpuSeconds", "CPU time")),
  detail(time("firstUse", "First use")),
  time("lastUse", "Last use"),
]);
