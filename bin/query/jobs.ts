import { Option } from "commander";
import type { Input } from "../../lib/client/index.js";
import { JOBS } from "../../lib/lists/jobs.js";
import { PROCESSES, withVerdicts } from "../../lib/lists/processes.js";
import { wholeNumber } from "../shared/option-values.js";
import { differencePage } from "./difference-page.js";
import { jobPage } from "./job-page.js";
import type { CommandFamily, Session } from "./session.js";

/** The most rows that an answer has. */
const MAX_PAGE_ROWS = 1000;

export const jobCommands: CommandFamily = (program, session) => {
  session.addList(program, "jobs", JOBS, {
    description: "List jobs, most recently used first.",
  });
  session.add(program, "job <id>", {
    summary: "Show the processes of a job as a tree, with the verdict on every object.",
    description:
      "Show the processes of a job as a tree, with the verdict on every object. <id> is the scheduler's id. " +
      "ID_TASK is a task of an array job, ID.STEP a step; CLUSTER:ID names the cluster where several have such a job. " +
      "A large job has several pages, which --limit and --cursor select; --root and --levels select a part of its tree.",
    options: [
      new Option("--root <uuid>", "show this process and those below it"),
      new Option("--levels <n>", "show N levels of the tree (default: all)").argParser(wholeNumber(1, 1_000_000)),
    ],
    examples: [
      ...["ogrt-query job 4711", "ogrt-query job 4711_3", "ogrt-query job alpha:4711.batch"],
      "ogrt-query job 4711 --levels 2",
    ],
    run: async (input: Input<"job">) => {
      if (session.isWhole || session.format === "csv") return printProcesses(session, input);
      const found = await session.ask("job", { ...input, ...session.page });
      const { processes, events } = found;
      const isFound = processes.length > 0 || (events.length > 0 && input.root === undefined);
      session.show(found, isFound, () => jobPage(found, session.view, session.isWide));
    },
  });
  session.add(program, "difference <first> <second>", {
    description: "Compare the libraries, modules, environments and arguments of two jobs, program by program.",
    run: async (input: Input<"jobDifference">) => {
      const found = await session.ask("jobDifference", input);
      const { identical, programs, onlyFirst, onlySecond } = found;
      const isFound = identical || programs.length + onlyFirst.length + onlySecond.length > 0;
      session.show(found, isFound, () => differencePage(found));
    },
  });
};

/** The processes of a job in JSON and the like: all of them, unless --limit is given. */
async function printProcesses(session: Session, input: Input<"job">): Promise<void> {
  const output = session.output({ rows: "processes", columns: PROCESSES.columns });
  const { limit, ...from } = session.page;
  const ask = (cursor?: string) =>
    session.ask("job", {
      ...input,
      limit: session.isWhole ? MAX_PAGE_ROWS : limit,
      ...from,
      ...(cursor !== undefined && { cursor }),
    });
  const first = await ask();
  let last = first;
  await output.write(first.processes.map(withVerdicts), true);
  while (session.isWhole && last.next !== null) {
    last = await ask(last.next);
    await output.write(last.processes.map(withVerdicts), true);
  }
  await output.end({ ...first, next: last.next, truncated: last.truncated });
  session.explain(first, output.rows > 0 || (first.events.length > 0 && input.root === undefined));
}
