import type { Answer } from "../client/index.js";

type JobAnswer = Answer<"job">;
type JobProcess = JobAnswer["processes"][number];

/** Levels with lines. More lines would leave no room for names. */
const MAX_DRAWN_LEVELS = 10;

export interface Placed {
  readonly process: JobProcess;
  /** For each drawn level, whether another process follows on it. */
  readonly follows: readonly boolean[];
  /** Processes below it that the answer leaves out, whatever page they are on. */
  readonly hidden: number;
}

/** The processes of a page of a job, with what a drawing of their tree needs. */
export function placedProcesses({ ancestors, processes }: Pick<JobAnswer, "ancestors" | "processes">): Placed[] {
  // Whether a sibling follows, for the process and each of its ancestors: an answer has them in this order.
  const follows: boolean[] = [];
  const descend = ({ level, isLast }: JobProcess["tree"]) => {
    follows.length = level;
    follows.push(!isLast);
  };
  for (const { tree } of ancestors) descend(tree);
  return processes.map((process, index) => {
    const { level, descendants } = process.tree;
    descend(process.tree);
    let end = index + 1;
    while ((processes[end]?.tree.level ?? 0) > level) end++;
    return { process, follows: follows.slice(1, MAX_DRAWN_LEVELS + 1), hidden: descendants - (end - index - 1) };
  });
}
