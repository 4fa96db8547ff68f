import type { Answer, Input, OperationName } from "../../client/index.js";
import { affected, affectedBuilds, affectedHosts, affectedJobs, affectedUsers } from "./affected.js";
import { coverageOf } from "./completeness.js";
import { coverage, coverageHosts, coverageJobs, coverageOfJobs } from "./coverage.js";
import { coverageNodes } from "./coverage-nodes.js";
import { jobDifference } from "./difference.js";
import { job, jobByPath, jobs } from "./jobs.js";
import { oddEnvironments } from "./odd-environments.js";
import { oddLibraries } from "./odd-libraries.js";
import { oddObjects } from "./odd-objects.js";
import { coverageOutages } from "./outages.js";
import { overview } from "./overview.js";
import { affectedProcesses, process, processes } from "./processes.js";
import type { Answered, Context, Question } from "./question.js";
import { search } from "./search.js";
import { software } from "./software.js";
import { unusedBuilds, unusedModules } from "./unused.js";
import { userPrograms } from "./user-programs.js";

/** The questions that a store answers: the operations with the tag `questions` in the OpenAPI file, by name. */
const QUESTIONS = {
  overview,
  affected,
  affectedBuilds,
  affectedJobs,
  affectedUsers,
  affectedHosts,
  affectedProcesses,
  processes,
  process,
  jobs,
  job,
  jobByPath,
  jobDifference,
  software,
  unusedBuilds,
  unusedModules,
  userPrograms,
  oddLibraries,
  oddEnvironments,
  oddObjects,
  coverage,
  coverageOutages,
  coverageHosts,
  coverageNodes,
  coverageJobs,
  coverageOfJobs,
  search,
} satisfies { readonly [N in OperationName]?: Question<N> };

export type QuestionName = keyof typeof QUESTIONS;
export const QUESTION_NAMES = Object.keys(QUESTIONS) as QuestionName[];

export type QuestionRequest = { [N in QuestionName]: { readonly name: N; readonly input: Input<N> } }[QuestionName];
export type QuestionAnswer = Answer<QuestionName>;

/** Answers for the collector's API and for ogrt-query without a collector. */
export async function answer(context: Context, { name, input }: QuestionRequest): Promise<QuestionAnswer> {
  const question = QUESTIONS[name] as (context: Context, input: unknown) => Promise<Answered<QuestionName>>;
  const { covers, notes, ...answered } = await question(context, input);
  return { ...(await coverageOf(context, covers, notes)), ...answered } as QuestionAnswer;
}
