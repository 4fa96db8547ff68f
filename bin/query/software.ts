import { Option } from "commander";
import { addListCommand } from "./list-command.js";
import { SOFTWARE, USER_PROGRAMS } from "./listings.js";
import { SPAN, USER } from "./options.js";
import type { CommandFamily } from "./session.js";

export const softwareCommands: CommandFamily = (program, session) => {
  addListCommand(program, session, "software", {
    description: "List software, most used first.",
    options: [
      new Option("--by <measure>", "sort by this measure").choices(["runs", "users", "jobs", "cpu"]).default("runs"),
      new Option("--period <length>", "print one row for each period").choices(["all", "month", "day"]).default("all"),
      USER,
      ...SPAN,
    ],
    examples: ["ogrt-query software --by cpu --period month --since 2026-01-01"],
    question: "software",
    rows: "software",
    columns: SOFTWARE,
    after: ({ total, unnamed }) => {
      if (session.format !== "table" || total.runs === 0) return;
      const share = ((100 * unnamed.runs) / total.runs).toFixed(1);
      process.stdout.write(`${unnamed.runs} of ${total.runs} runs (${share} %) are named by their path only\n`);
    },
  });
  addListCommand(program, session, "user-programs", {
    description: "List programs in users' directories that no catalogue lists.",
    options: [USER, ...SPAN],
    question: "userPrograms",
    rows: "programs",
    columns: USER_PROGRAMS,
  });
};
