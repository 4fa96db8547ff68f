import type { Answer, Input } from "../../client/index.js";
import { affected, affectedHosts, affectedJobs, affectedUsers } from "./affected.js";
import { coverage, coverageHosts, coverageJobs, coverageOfJobs } from "./coverage.js";
import { jobDifference } from "./difference.js";
import { job, jobs } from "./jobs.js";
import { oddEnvironments } from "./odd-environments.js";
import { oddLibraries } from "./odd-libraries.js";
import { oddObjects } from "./odd-objects.js";
import { overview } from "./overview.js";
import { affectedProcesses, process, processes } from "./processes.js";
import type { Context } from "./question.js";
import { software } from "./software.js";
import { unusedBuilds, unusedModules } from "./unused.js";
import { userPrograms } from "./user-programs.js";

/** The questions that a store answers, by their names in the OpenAPI file. */
const QUESTIONS = {
  overview,
  affected,
  affectedJobs,
  affectedUsers,
  affectedHosts,
  affectedProcesses,
  processes,
  process,
  jobs,
  job,
  jobByPath: job,
  jobDifference,
  software,
  unusedBuilds,
  unusedModules,
  userPrograms,
  oddLibraries,
  oddEnvironments,
  oddObjects,
  coverage,
  coverageHosts,
  coverageJobs,
  coverageOfJobs,
};

export type QuestionName = keyof typeof QUESTIONS;
export const QUESTION_NAMES = Object.keys(QUESTIONS) as QuestionName[];

export type QuestionRequest = { [N in QuestionName]: { readonly name: N; readonly input: Input<N> } }[QuestionName];
export type QuestionAnswer = Answer<QuestionName>;

/** The collector's API and ogrt-query without a collector both come here, so their answers are the same. */
export function answer(context: Context, { name, input }: QuestionRequest): Promise<QuestionAnswer> {
  const question = QUESTIONS[name] as (context: Context, input: unknown) => Promise<QuestionAnswer>;
  return question(context, input);
}
