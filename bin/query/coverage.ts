import { Option } from "commander";
import type { Input } from "../../lib/client/index.js";
import { HOST_DAYS, NODES, OUTAGES, PERIODS, UNCOVERED_JOBS } from "../../lib/lists/coverage.js";
import { wholeNumber } from "../shared/option-values.js";
import { readJobList } from "./job-list.js";
import { SPAN } from "./options.js";
import type { CommandFamily } from "./session.js";

export const coverageCommands: CommandFamily = (program, session) => {
  const coverage = session.group(program, "coverage", "Show what the collector does not see.");
  session.addList(coverage, "frames", PERIODS, {
    description: "Count received, stored and lost frames over time (the default command).",
    options: [new Option("--period <length>", "print one row for each period").choices(["hour", "day"]).default("day")],
    isDefault: true,
  });
  session.addList(coverage, "outages", OUTAGES, {
    description: "List the times without a collector, latest first.",
  });
  session.addList(coverage, "hosts", HOST_DAYS, {
    description: "Count processes per host and day, fewest first.",
  });
  session.addList(coverage, "nodes", NODES, {
    description: "List the nodes with an agent, and what each of them lost, the one silent longest first.",
  });
  session.add(coverage, "jobs", {
    description: "List jobs with no or few known processes: those that were announced, or those in a file.",
    options: [
      new Option("--fewer <n>", "select jobs with fewer than N processes")
        .argParser(wholeNumber(1, 1_000_000))
        .default(1),
      new Option("--jobs <file>", "check the jobs in this file: one id per line, or what 'sacct --parsable2' prints"),
      ...SPAN,
    ],
    examples: ["ogrt-query coverage jobs --jobs <(sacct -aXnP -S today -o JobIDRaw)"],
    run: async ({ fewer, jobs, ...span }: Input<"coverageJobs"> & { fewer: number; jobs?: string }) => {
      if (jobs === undefined) await session.printList(UNCOVERED_JOBS, { fewer, ...span });
      else
        await session.showList(await session.ask("coverageOfJobs", { fewer, jobs: readJobList(jobs) }), UNCOVERED_JOBS);
    },
  });
};
