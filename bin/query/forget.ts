import { createInterface } from "node:readline";
import { Option } from "commander";
import type { Answer } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";
import { table } from "../../lib/shared/table.js";
import { EXIT } from "../shared/program.js";
import type { CommandFamily, Session } from "./session.js";
import { counted } from "./text.js";

interface ForgetParameters {
  readonly user: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export const forgetCommand: CommandFamily = (program, session) => {
  session.add(program, "forget <user>", {
    summary: "Delete a user's processes from the store, backups and exports.",
    description:
      "Delete a user's processes from the store, backups, exports and files of outputs. <user> is the name that they " +
      "report. It asks on a terminal before it deletes anything; elsewhere, --yes is required.",
    options: [
      new Option("--dry-run", "count what would be deleted, and delete nothing"),
      new Option("--yes", "delete without asking"),
    ],
    examples: ["ogrt-query forget alice --dry-run", "ogrt-query forget alice"],
    run: (parameters: ForgetParameters) => forget(session, parameters),
  });
};

async function forget(session: Session, { user, dryRun = false, yes = false }: ForgetParameters): Promise<void> {
  const mustAsk = !dryRun && !yes;
  if (mustAsk && !(process.stdin.isTTY && process.stderr.isTTY)) {
    const remedy = "run it in a terminal, or add --yes; --dry-run counts what it would delete";
    throw new OgrtError("INVALID_PARAMETER", `forget deletes data for good: ${remedy}`);
  }
  const client = await session.client();
  if (mustAsk && !(await isConfirmed(await client.forget({ user, dryRun: true })))) {
    process.exitCode = EXIT.negative;
    return session.complain("nothing was deleted");
  }
  const found = await session.during("deleting", () => client.forget({ user, dryRun }));
  if (found.files.length === 0) {
    process.exitCode = EXIT.negative;
    session.complain(`no process of a user '${user}' is known; names must match exactly`);
  }
  session.showResult(found, () => forgottenPage(found));
}

/** What was deleted, or would be; empty when there is nothing. */
function forgottenPage({ dryRun, processes, jobs, files }: Answer<"forget">): string {
  if (files.length === 0) return "";
  const verb = dryRun ? "would delete" : "deleted";
  const heading = `${verb} ${counted(processes, "process")} of ${counted(jobs, "job")} in the store; records in each file:`;
  return `${heading}\n${table(
    ["FILE", "RECORDS"],
    files.map(({ path, records }) => [path, `${records}`]),
  )}`;
}

/** Asks on the terminal. Nothing to delete needs no confirmation. */
async function isConfirmed(found: Answer<"forget">): Promise<boolean> {
  if (found.files.length === 0) return true;
  process.stderr.write(forgottenPage(found));
  return /^\s*y(es)?\s*$/i.test(await typedAnswer("Delete all of it? It cannot be restored. [y/N] "));
}

/** The line that somebody types after a question on the terminal; empty at the end of the input. */
function typedAnswer(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    terminal.once("close", () => resolve(""));
    terminal.question(question, (answer) => {
      resolve(answer);
      terminal.close();
    });
  });
}
