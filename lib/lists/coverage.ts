import type { Answer } from "../client/index.js";
import { sumOf } from "../shared/sum.js";
import { computed, detail, duration, HOST_COLUMNS, JOB_COLUMNS, list, number, text, time } from "./column.js";

type Period = Answer<"coverage">["periods"][number];

export const PERIODS = list("coverage", "periods", [
  time("start", "Start"),
  number("minutes", "Minutes"),
  number("received", "Received"),
  number("stored", "Stored"),
  number("duplicate", "Duplicates"),
  computed("rejected", "Rejected", "number", ({ rejected }: Period) => sumOf(rejected)),
  computed("dropped", "Dropped", "number", ({ dropped }: Period) => sumOf(dropped)),
  number("pending", "In flight"),
  number("kernelDropped", "Kernel drops"),
  duration("outageSeconds", "No collector"),
]);

export const OUTAGES = list("coverageOutages", "outages", [
  time("began", "Began"),
  time("ended", "Ended"),
  duration("seconds", "Length"),
  text("how", "Collector was"),
]);

export const HOST_DAYS = list("coverageHosts", "hosts", [
  ...HOST_COLUMNS,
  text("day", "Day (UTC)"),
  number("processes", "Processes"),
  number("usual", "Usually"),
  detail(number("ended", "Ended")),
  detail(number("jobs", "Jobs")),
  detail(number("users", "Users")),
  detail(time("agentLastSeen", "Agent last seen")),
]);

export const NODES = list("coverageNodes", "nodes", [
  text("host", "Host"),
  time("lastSeen", "Last sign of life"),
  duration("silentSeconds", "Silent for"),
  duration("absentSeconds", "No agent for"),
  number("lostInAll", "Lost"),
  number("spooledRecords", "Not delivered"),
  detail(text("version", "Version")),
  detail(text("kernel", "Kernel")),
  detail(time("since", "Since")),
  detail(number("runs", "Starts")),
]);

export const UNCOVERED_JOBS = list("coverageJobs", "jobs", [
  ...JOB_COLUMNS,
  number("processes", "Processes"),
  text("user", "User"),
  time("started", "Started"),
  detail(time("ended", "Ended")),
]);
