#!/usr/bin/env node
import { adminCommands } from "./query/admin.js";
import { affectedCommand } from "./query/affected.js";
import { coverageCommands } from "./query/coverage.js";
import { jobCommands } from "./query/jobs.js";
import { oddCommands } from "./query/odd.js";
import { addCommonOptions } from "./query/options.js";
import { processCommands } from "./query/processes.js";
import { type CommandFamily, Session, TOOL } from "./query/session.js";
import { softwareCommands } from "./query/software.js";
import { unusedCommands } from "./query/unused.js";
import { verifyStoreCommand } from "./query/verify-store.js";
import { createProgram, examples, runProgram } from "./shared/program.js";

const QUESTIONS: readonly CommandFamily[] = [
  softwareCommands,
  affectedCommand,
  processCommands,
  jobCommands,
  unusedCommands,
  oddCommands,
  coverageCommands,
];

const program = addCommonOptions(createProgram(TOOL, "Ask what a collector has stored.")).addHelpText(
  "after",
  `
Times select processes by their start. Tables show local time, JSON and CSV
UTC.

Exit status:
  0  something was found
  1  nothing was found
  2  wrong usage
  3  no answer`,
);
examples(program, "ogrt-query job 4711", "ogrt-query affected libblas --by users", "ogrt-query --follow --user alice");

const session = new Session(program);
program.commandsGroup("Questions:");
for (const add of QUESTIONS) add(program, session);
program.commandsGroup("Admin operations (require a running collector):");
adminCommands(program, session);
program.commandsGroup("Files:");
verifyStoreCommand(program, session);

await runProgram(program);
