import { jobPage } from "./job-page.js";
import { addListCommand } from "./list-command.js";
import { JOBS } from "./listings.js";
import { HOST, SPAN, USER } from "./options.js";
import { showAnswer } from "./output.js";
import type { CommandFamily } from "./session.js";

export const jobCommands: CommandFamily = (program, session) => {
  addListCommand(program, session, "jobs", {
    description: "List jobs, most recently used first.",
    options: [USER, HOST, ...SPAN],
    question: "jobs",
    rows: "jobs",
    columns: JOBS,
  });
  program
    .command("job")
    .description("Show the processes of a job as a tree, with the verdict on every object.")
    .argument("<id>", "job id")
    .action(async (id: string) => {
      const found = await session.ask("job", { id: session.storedText(id), ...session.page });
      showAnswer(session.format, found, found.processes.length + found.events.length > 0, () => jobPage(found));
    });
};
