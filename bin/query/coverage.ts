import { Option } from "commander";
import { wholeNumber } from "../shared/option-values.js";
import { examples } from "../shared/program.js";
import { readJobList } from "./job-list.js";
import { addListCommand } from "./list-command.js";
import { HOST_DAYS, PERIODS, UNCOVERED_JOBS } from "./listings.js";
import { HOST, SPAN, type SpanOptions } from "./options.js";
import { showList } from "./output.js";
import type { CommandFamily } from "./session.js";

export const coverageCommands: CommandFamily = (program, session) => {
  const coverage = program.command("coverage").description("Show what the collector does not see.");
  addListCommand(coverage, session, "frames", {
    description: "Count received, stored and lost frames over time (the default command).",
    options: [
      new Option("--period <length>", "print one row for each period").choices(["hour", "day"]).default("day"),
      ...SPAN,
    ],
    question: "coverage",
    rows: "periods",
    columns: PERIODS,
    isDefault: true,
  });
  addListCommand(coverage, session, "hosts", {
    description: "Count processes per host and day, fewest first.",
    options: [HOST, ...SPAN],
    question: "coverageHosts",
    rows: "hosts",
    columns: HOST_DAYS,
  });
  const jobs = coverage
    .command("jobs")
    .description("List jobs with no or few known processes.")
    .option("--fewer <n>", "select jobs with fewer than N processes", wholeNumber(1, 1_000_000), 1)
    .option(
      "--jobs <file>",
      "check the jobs in this file, one id per line or the output of 'sacct --parsable2' (default: announced jobs)",
    );
  for (const option of SPAN) jobs.addOption(option);
  examples(jobs, "ogrt-query coverage jobs --jobs <(sacct -aXnP -S today -o JobIDRaw)");
  jobs.action(async ({ fewer, jobs, ...span }: { fewer: number; jobs?: string } & SpanOptions) => {
    const found =
      jobs === undefined
        ? await session.ask("coverageJobs", { fewer, ...span, ...session.page })
        : await session.ask("coverageOfJobs", { fewer, jobs: readJobList(jobs) });
    showList(session.format, found, found.jobs, UNCOVERED_JOBS);
  });
};
