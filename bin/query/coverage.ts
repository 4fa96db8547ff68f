import { Option } from "commander";
import type { Input } from "../../lib/client/index.js";
import { HOST_DAYS, PERIODS, UNCOVERED_JOBS } from "../../lib/lists/coverage.js";
import { wholeNumber } from "../shared/option-values.js";
import { readJobList } from "./job-list.js";
import { HOST, SPAN } from "./options.js";
import type { CommandFamily } from "./session.js";

export const coverageCommands: CommandFamily = (program, session) => {
  const coverage = program.command("coverage").description("Show what the collector does not see.");
  session.addList(coverage, "frames", PERIODS, {
    description: "Count received, stored and lost frames over time (the default command).",
    options: [
      new Option("--period <length>", "print one row for each period").choices(["hour", "day"]).default("day"),
      ...SPAN,
    ],
    isDefault: true,
  });
  session.addList(coverage, "hosts", HOST_DAYS, {
    description: "Count processes per host and day, fewest first.",
    options: [HOST, ...SPAN],
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
      const found =
        jobs === undefined
          ? await session.ask("coverageJobs", { fewer, ...span, ...session.page })
          : await session.ask("coverageOfJobs", { fewer, jobs: readJobList(jobs) });
      session.showList(found, UNCOVERED_JOBS);
    },
  });
};
