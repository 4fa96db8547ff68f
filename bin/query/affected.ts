import { Option } from "commander";
import type { Answer } from "../../lib/client/index.js";
import { EXIT } from "../shared/exit.js";
import { examples } from "../shared/program.js";
import { lines } from "./job-page.js";
import { type Column, listingTable } from "./listing.js";
import { AFFECTED_HOSTS, AFFECTED_JOBS, AFFECTED_USERS, FOUND, PROCESSES } from "./listings.js";
import { SPAN, type SpanOptions } from "./options.js";
import { type Coverage, showAnswer, showList } from "./output.js";
import type { CommandFamily } from "./session.js";

const LISTS = {
  jobs: { question: "affectedJobs", rows: "jobs", columns: AFFECTED_JOBS },
  users: { question: "affectedUsers", rows: "users", columns: AFFECTED_USERS },
  hosts: { question: "affectedHosts", rows: "hosts", columns: AFFECTED_HOSTS },
  processes: { question: "affectedProcesses", rows: "processes", columns: PROCESSES },
} as const;

interface AffectedOptions extends SpanOptions {
  by: keyof typeof LISTS;
  as?: "signature" | "buildId" | "path" | "soname";
  domain?: string;
}

export const affectedCommand: CommandFamily = (program, session) => {
  const command = program
    .command("affected")
    .description("List the jobs, users, hosts or processes that used a build, a file or a library.")
    .argument("<what>", "signature (UUID), build-id, path with a slash, or library name; * and ? are wildcards")
    .addOption(new Option("--by <rows>", "list these").choices(Object.keys(LISTS)).default("jobs"))
    .addOption(
      new Option("--as <kind>", "interpret <what> as this instead of guessing").choices([
        "signature",
        "buildId",
        "path",
        "soname",
      ]),
    )
    .option("--domain <name>", "with --by users: print mail addresses in this domain");
  for (const option of SPAN) command.addOption(option);
  examples(
    command,
    "ogrt-query affected libblas --since 2026-01-01 --by users --domain example.org",
    "ogrt-query --csv affected libblas --by users > users.csv",
    "ogrt-query affected '/opt/app/1.2/*' --by hosts",
  );
  command.action(async (what: string, { by, as = "text" as never, domain, ...span }: AffectedOptions) => {
    const selected = { [as]: session.storedText(what), ...span };
    const { question, rows: member, columns } = LISTS[by];
    const input = { ...selected, ...session.page, ...(by === "users" && domain !== undefined && { domain }) };
    const list = (await session.ask(question, input)) as Coverage & Readonly<Record<typeof member, readonly never[]>>;
    const rows = list[member];
    if (session.format !== "table") {
      showList(session.format, list, rows, columns as readonly Column<never>[]);
      return;
    }
    const found = await session.ask("affected", selected);
    const table = rows.length === 0 ? "" : `\n${listingTable(columns as readonly Column<never>[], rows)}`;
    const answer = { ...found, next: list.next ?? null };
    showAnswer("table", answer, found.objectCount > 0, () => `${affectedPage(found)}${table}`);
    if (rows.length === 0) process.exitCode = EXIT.negative;
  });
};

function affectedPage(found: Answer<"affected">): string {
  const { selection, software, processes, jobs, users, hosts, objects, objectCount, conflicts } = found;
  const heading = [
    `${selection.kind} ${selection.value}`,
    ...software.map((name) => `  ${name}`),
    `  ${processes} processes in ${jobs} jobs of ${users} users on ${hosts} hosts`,
  ];
  const more = objectCount > objects.length ? `and ${objectCount - objects.length} more\n` : "";
  const warnings = conflicts.map(
    ({ fileName, buildIds }) =>
      `conflict: ${buildIds.length} builds of ${fileName} have this signature: ${buildIds.join(", ")}`,
  );
  return `${lines(heading)}\n${listingTable(FOUND, objects)}${more}${lines(warnings)}`;
}
