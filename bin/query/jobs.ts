import type { Input } from "../../lib/client/index.js";
import { JOBS } from "../../lib/lists/jobs.js";
import { differencePage } from "./difference-page.js";
import { jobPage } from "./job-page.js";
import { HOST, SPAN, USER } from "./options.js";
import type { CommandFamily } from "./session.js";

export const jobCommands: CommandFamily = (program, session) => {
  session.addList(program, "jobs", JOBS, {
    description: "List jobs, most recently used first.",
    options: [USER, HOST, ...SPAN],
  });
  session.add(program, "job <id>", {
    description: "Show the processes of a job as a tree, with the verdict on every object.",
    run: async (input: Input<"job">) => {
      const found = await session.ask("job", { ...input, ...session.page });
      session.show(found, found.processes.length + found.events.length > 0, () => jobPage(found));
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
