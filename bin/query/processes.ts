import { Option } from "commander";
import type { Input } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";
import { PROCESSES } from "../../lib/lists/processes.js";
import { VERDICTS } from "../../lib/verify/index.js";
import { wholeNumber } from "../shared/option-values.js";
import { filterOptions } from "./filters.js";
import { followProcesses } from "./follow.js";
import { processPage } from "./job-page.js";
import type { CommandFamily, Session } from "./session.js";

interface ProcessesParameters extends Omit<Input<"processes">, "limit" | "cursor"> {
  follow?: true;
  verdict?: string;
  path?: string;
  last?: number;
}

const FOLLOW = [
  new Option("--follow", "print processes as they start, until interrupted"),
  new Option("--verdict <verdict>", "with --follow: select processes with this verdict on an object").choices(VERDICTS),
  new Option("--path <glob>", "with --follow: select processes with an object at this path"),
  new Option(
    "--last <n>",
    "with --follow: begin with the newest N processes, from 0 to 1000, since the collector's start",
  ).argParser(wholeNumber(0, 1000)),
];

export const processCommands: CommandFamily = (program, session) => {
  session.add(program, "processes", {
    description: "List processes, newest first, or follow them as they start (the default command).",
    options: filterOptions("processes", FOLLOW, []),
    examples: [
      "ogrt-query processes --user alice --since 2026-11-01",
      "ogrt-query --follow --verdict mismatch --last 10",
    ],
    isDefault: true,
    run: ({ follow, ...parameters }: ProcessesParameters) => (follow ? followed : listed)(session, parameters),
  });
  session.add(program, "process <uuid>", {
    description: "Show one process, with the verdict on every object.",
    run: async (input: Input<"process">) => {
      const found = await session.ask("process", input);
      const { process: record } = found;
      session.show(found, record !== null, () => (record === null ? "" : processPage(record, { view: session.view })));
    },
  });
};

async function listed(session: Session, { verdict, path, last, ...input }: ProcessesParameters): Promise<void> {
  if ((verdict ?? path ?? last) !== undefined) {
    throw new OgrtError("INVALID_PARAMETER", "--verdict, --path and --last require --follow");
  }
  const { truncated } = await session.printList(PROCESSES, input);
  if (!truncated || session.isWhole) return;
  session.complain("the page is incomplete because it would be too large; continue with --cursor");
}

async function followed(
  session: Session,
  { since, until, state, stamp, last, path, ...filters }: ProcessesParameters,
): Promise<void> {
  if ((since ?? until) !== undefined) {
    throw new OgrtError("INVALID_PARAMETER", "--follow excludes --since and --until; use --last");
  }
  if ((state ?? stamp) !== undefined) throw new OgrtError("INVALID_PARAMETER", "--follow excludes --state and --stamp");
  const glob = path === undefined ? {} : { path: session.storedText(path) };
  await followProcesses(session, { ...filters, ...glob }, last);
}
