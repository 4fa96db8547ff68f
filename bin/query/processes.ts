import { Option } from "commander";
import { OgrtError } from "../../lib/errors.js";
import { VERDICTS } from "../../lib/verify/index.js";
import { wholeNumber } from "../shared/option-values.js";
import { complain, examples } from "../shared/program.js";
import { followProcesses } from "./follow.js";
import { processPage } from "./job-page.js";
import { PROCESSES } from "./listings.js";
import { HOST, JOB, SPAN, type SpanOptions, USER } from "./options.js";
import { showAnswer, showList, TOOL } from "./output.js";
import type { CommandFamily, Session } from "./session.js";

interface ProcessesOptions extends SpanOptions {
  job?: string;
  user?: string;
  host?: string;
  follow?: true;
  verdict?: string;
  path?: string;
  last?: number;
}

export const processCommands: CommandFamily = (program, session) => {
  const list = program
    .command("processes", { isDefault: true })
    .description("List processes, newest first, or follow them as they start (the default command).");
  for (const option of [JOB, USER, HOST, ...SPAN]) list.addOption(option);
  list
    .option("--follow", "print processes as they start, until interrupted")
    .addOption(
      new Option("--verdict <verdict>", "with --follow: select processes with this verdict on an object").choices(
        VERDICTS,
      ),
    )
    .option("--path <glob>", "with --follow: select processes with an object at this path")
    .option(
      "--last <n>",
      "with --follow: begin with the newest N processes, from 0 to 1000, since the collector's start",
      wholeNumber(0, 1000),
    )
    .action((options: ProcessesOptions) => (options.follow ? follow : listProcesses)(session, options));
  examples(
    list,
    "ogrt-query processes --user alice --since 2026-11-01",
    "ogrt-query --follow --verdict mismatch --last 10",
  );
  program
    .command("process")
    .description("Show one process, with the verdict on every object.")
    .argument("<uuid>", "UUID of the process")
    .action(async (uuid: string) => {
      const found = await session.ask("process", { uuid });
      const { process: record } = found;
      showAnswer(session.format, found, record !== null, () => (record === null ? "" : processPage(record)));
    });
};

async function listProcesses(session: Session, { verdict, path, last, ...options }: ProcessesOptions): Promise<void> {
  if ((verdict ?? path ?? last) !== undefined) {
    throw new OgrtError("INVALID_PARAMETER", "--verdict, --path and --last require --follow");
  }
  const found = await session.ask("processes", { ...session.parameters(options), ...session.page });
  if (found.truncated) complain(TOOL, "the page is incomplete because it would be too large; continue with --cursor");
  showList(session.format, found, found.processes, PROCESSES);
}

async function follow(session: Session, options: ProcessesOptions): Promise<void> {
  const { follow: _, since, until, last, path, ...filters } = options;
  if ((since ?? until) !== undefined) {
    throw new OgrtError("INVALID_PARAMETER", "--follow excludes --since and --until; use --last");
  }
  const glob = path === undefined ? {} : { path: session.storedText(path) };
  await followProcesses(session, { ...session.parameters(filters), ...glob }, last);
}
