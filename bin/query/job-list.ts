import { readFileSync } from "node:fs";
import type { Input } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";
import { bytesToText } from "../../lib/text/escape.js";

type ListedJob = Input<"coverageOfJobs">["jobs"][number];

const LIMIT = 100_000;
/** How sacct's JobID names tasks of arrays and parts of heterogeneous jobs; neither is their SLURM_JOB_ID. */
const SLURM_TASK = /^\d+(?:_\d+|_\[.*\]|\+\d+)$/;

/**
 * Jobs from a file: an id a line, or what `sacct --parsable2` (or `--parsable`) prints with a heading that has JobIDRaw (or JobID),
 * and User, Start and End where they are wanted. Steps of jobs are no jobs. Times of sacct are local ones of this machine.
 */
export function readJobList(path: string): ListedJob[] {
  let text: string;
  try {
    text = bytesToText(readFileSync(path));
  } catch (cause) {
    throw new OgrtError("FILE_UNREADABLE", (cause as Error).message, { path, cause });
  }
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const [first = "", ...rest] = lines;
  const heading = first.split("|").map((name) => name.trim().toLowerCase());
  const raw = heading.indexOf("jobidraw");
  const id = raw === -1 ? heading.indexOf("jobid") : raw;
  const jobs = id === -1 ? lines.map((job) => ({ job })) : rest.map((line) => rowOf(heading, id, line.split("|")));
  const known = new Map(jobs.filter(({ job }) => job !== "" && !job.includes(".")).map((job) => [job.job, job]));
  const task = [...known.keys()].find((job) => SLURM_TASK.test(job));
  if (task !== undefined) {
    const sentence = `job ${task} runs under another id: with JobIDRaw in the place of JobID sacct tells it`;
    throw new OgrtError("INVALID_PARAMETER", sentence, { path, value: task });
  }
  if (known.size > LIMIT) throw new OgrtError("INVALID_PARAMETER", `more than ${LIMIT} jobs`, { path, value: "jobs" });
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
  const [user, started, ended] = [cell("user"), time("start"), time("end")];
  return {
    job: cells[id] ?? "",
    ...(user !== undefined && { user }),
    ...(started !== undefined && { started }),
    ...(ended !== undefined && { ended }),
  };
}
