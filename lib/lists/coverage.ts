import type { Answer } from "../client/index.js";
import { sumOf } from "../shared/sum.js";
import { computed, detail, list, number, text, time } from "./column.js";

type Period = Answer<"coverage">["periods"][number];

export const PERIODS = list("coverage", "periods", [
  time("start", "Start"),
  number("minutes", "Minutes"),
  number("received", "Received"),
  detail(number("stored", "Stored")),
  detail(number("duplicate", "Duplicates")),
  computed("rejected", "Rejected", "number", ({ rejected }: Period) => sumOf(rejected)),
  computed("dropped", "Dropped", "number", ({ dropped }: Period) => sumOf(dropped)),
  number("kernelDropped", "Kernel drops"),
]);

export const HOST_DAYS = list("coverageHosts", "hosts", [
  text("host", "Host"),
  text("day", "Day (UTC)"),
  number("processes", "Processes"),
  number("usual", "Usually"),
  detail(number("ended", "Ended")),
  detail(number("jobs", "Jobs")),
  detail(number("users", "Users")),
]);

export const UNCOVERED_JOBS = list("coverageJobs", "jobs", [
  text("job", "Job"),
  number("processes", "Processes"),
  text("user", "User"),
  time("started", "Started"),
  detail(time("ended", "Ended")),
]);
