import type { Input } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";
import { jobReference, SLURM_STEP, UNKNOWN_TO_PROCESSES } from "../../lib/shared/job-reference.js";
import { bytesToText } from "../../lib/text/escape.js";
import { readInput } from "../shared/input.js";

type ListedJob = Input<"coverageOfJobs">["jobs"][number];

const MAX_JOBS = 100_000;
/** Of tables with columns, JSON and binary files, where an id is expected. */
const NOT_IN_AN_ID = /[\s|{}",;\\]/;

/**
 * Reads jobs from a file with one id per line, or from the output of `sacct --parsable2` (or `--parsable`) with the columns
 * JobIDRaw (or JobID) and optionally Cluster, User, Start and End. Steps of Slurm are ignored. Times are in the local time zone.
 */
export function readJobList(path: string): ListedJob[] {
  const lines = bytesToText(readInput(path))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const [first = "", ...rest] = lines;
  const heading = first.split("|").map((name) => name.trim().toLowerCase());
  const raw = heading.indexOf("jobidraw");
  const id = raw === -1 ? heading.indexOf("jobid") : raw;
  const jobs =
    id === -1 ? lines.map((job): ListedJob => ({ job })) : rest.map((line) => rowOf(heading, id, line.split("|")));
  const unlike = jobs.find(({ job }) => NOT_IN_AN_ID.test(job));
  if (unlike !== undefined) {
    const sentence = `"${unlike.job.slice(0, 60)}" is not a job id: one per line, or with the heading of sacct --parsable2`;
    throw new OgrtError("INVALID_PARAMETER", sentence, { path, value: unlike.job });
  }
  const known = new Map(
    jobs
      .filter(({ job }) => job !== "" && !SLURM_STEP.test(job))
      .map((job) => [jobReference(job.cluster ?? null, job.job), job]),
  );
  const task = [...known.values()].map(({ job }) => job).find((job) => UNKNOWN_TO_PROCESSES.test(job));
  if (task !== undefined) {
    const sentence = `job ${task} runs under another id; print JobIDRaw instead of JobID with sacct`;
    throw new OgrtError("INVALID_PARAMETER", sentence, { path, value: task });
  }
  if (known.size > MAX_JOBS) {
    throw new OgrtError("INVALID_PARAMETER", `more than ${MAX_JOBS} jobs`, { path, value: "jobs" });
  }
  return [...known.values()];
}

function rowOf(heading: readonly string[], id: number, cells: readonly string[]): ListedJob {
  const cell = (name: string) => {
    const text = cells[heading.indexOf(name)];
    return text === undefined || text === "" || text === "Unknown" || text === "None" ? undefined : text;
  };
  const time = (name: string) => {
    const parsed = new Date(cell(name) ?? Number.NaN);
    return Number.isNaN(parsed.getTime()) ? undefined : parsed.toISOString();
  };
  const [cluster, user, started, ended] = [cell("cluster"), cell("user"), time("start"), time("end")];
  return {
    ...(cluster !== undefined && { cluster }),
    job: cells[id] ?? "",
    ...(user !== undefined && { user }),
    ...(started !== undefined && { started }),
    ...(ended !== undefined && { ended }),
  };
}
