import type { Command } from "commander";
import { addSections } from "../shared/help.js";
import { createProgram, runProgram } from "../shared/program.js";
import { TOOLS } from "../shared/tools.js";
import { adminCommands } from "./admin.js";
import { affectedCommand } from "./affected.js";
import { coverageCommands } from "./coverage.js";
import { jobCommands } from "./jobs.js";
import { oddCommands } from "./odd.js";
import { addCommonOptions } from "./options.js";
import { processCommands } from "./processes.js";
import { searchCommand } from "./search.js";
import { type CommandFamily, Session } from "./session.js";
import { softwareCommands } from "./software.js";
import { unusedCommands } from "./unused.js";
import { verifyStoreCommand } from "./verify-store.js";

const QUESTIONS: readonly CommandFamily[] = [
  softwareCommands,
  affectedCommand,
  processCommands,
  jobCommands,
  unusedCommands,
  oddCommands,
  coverageCommands,
  searchCommand,
];

export function program(name: string): Command {
  const program = addCommonOptions(createProgram(name, TOOLS.query));
  addSections(program, {
    notes: [
      'Times select processes by their start. A time is relative (7d, 12h, 30m, "3 days ago", now), a day (today, ' +
        "yesterday, 2026-11-22), or a day and a time (2026-11-22T08:00), in the local time zone unless it ends with Z or " +
        "an offset. Tables show local time, JSON and CSV UTC.",
    ],
    lists: {
      "Exit status": [
        ["0", "something was found"],
        ["1", "nothing was found"],
        ["2", "wrong usage"],
        ["3", "no answer"],
      ],
    },
    examples: ["ogrt-query job 4711", "ogrt-query affected libblas --by users", "ogrt-query --follow --user alice"],
  });
  const session = new Session(program);
  program.commandsGroup("Questions:");
  for (const add of QUESTIONS) add(program, session);
  program.commandsGroup("Admin operations (require a running collector):");
  adminCommands(program, session);
  program.commandsGroup("Files:");
  verifyStoreCommand(program, session);
  return program;
}

export const run = (name: string): Promise<void> => runProgram(program(name));
