import { OgrtError } from "../../errors.js";
import { nameGlob } from "../../shared/glob.js";
import { jobReadings } from "../../shared/job-reference.js";
import { VERDICTS, type Verdict } from "../../verify/index.js";
import type { Amended, StreamedRecord } from "../frames/record.js";

/** Conditions of a subscriber. A record must meet all that are defined. */
export interface StreamFilter {
  readonly job: JobFilter | undefined;
  readonly cluster: string | undefined;
  readonly user: string | undefined;
  readonly host: string | undefined;
  /** At least one object of the process has this verdict. */
  readonly verdict: Verdict | undefined;
  /** Whether a path matches a name glob. At least one object of the process has such a path. */
  readonly path: ((path: string) => boolean) | undefined;
}

const NAMES = ["job", "cluster", "user", "host", "verdict", "path"];
const MAX_VALUE_CHARACTERS = 1024;

/** @throws {@link OgrtError} INVALID_PARAMETER, with the name of the parameter as value. */
export function parseFilter(query: URLSearchParams): StreamFilter {
  for (const [name, value] of query) {
    if (!NAMES.includes(name)) throw invalid(name, `is not a filter; the filters are ${NAMES.join(", ")}`);
    if (query.getAll(name).length > 1) throw invalid(name, "is given twice");
    if (value.length > MAX_VALUE_CHARACTERS) throw invalid(name, `is longer than ${MAX_VALUE_CHARACTERS} characters`);
  }
  const get = (name: string) => query.get(name) ?? undefined;
  const verdict = get("verdict");
  if (verdict !== undefined && !VERDICTS.includes(verdict as Verdict)) {
    throw invalid("verdict", `must be one of ${VERDICTS.join(", ")}`);
  }
  const path = get("path");
  return {
    job: jobFilter(get("job")),
    cluster: get("cluster"),
    user: get("user"),
    host: get("host"),
    verdict: verdict as Verdict,
    path: path === undefined ? undefined : nameGlob(path),
  };
}

/** The process of a message, and its objects. */
export const reporterOf = (record: StreamedRecord) => (record.kind === "start" ? record.message : record.of);

export function matches(filter: StreamFilter, record: StreamedRecord): boolean {
  const { job, cluster, user, host, verdict, path } = filter;
  const reporter = reporterOf(record);
  if (job !== undefined && !job(reporter)) return false;
  if (cluster !== undefined && reporter.placement?.cluster !== cluster) return false;
  if (user !== undefined && reporter.user !== user) return false;
  if (host !== undefined && reporter.host !== host) return false;
  const { program, objects } = record;
  if (verdict !== undefined && ![program, ...objects].some((finding) => finding?.verdict === verdict)) return false;
  return path === undefined || [reporter.program, ...reporter.objects].some((object) => object && path(object.path));
}

/** Whether a record is of a job. */
type JobFilter = (reporter: Pick<Amended, "job" | "placement">) => boolean;

/** Selects the records of all jobs that a reference can mean: the stream does not know all jobs. */
function jobFilter(text: string | undefined): JobFilter | undefined {
  if (text === undefined) return undefined;
  const readings = jobReadings(text).filter(({ step }) => step === undefined);
  return ({ job, placement: { cluster, arrayJob, arrayTask } = {} }) =>
    readings.some((reading) => {
      if (reading.cluster !== undefined && reading.cluster !== (cluster ?? null)) return false;
      if (reading.task === undefined) return job !== undefined && (job === reading.id || arrayJob === reading.id);
      return (arrayJob ?? job) === reading.id && arrayTask === reading.task;
    });
}

function invalid(name: string, sentence: string): OgrtError {
  return new OgrtError("INVALID_PARAMETER", `${name} ${sentence}`, { value: name });
}
