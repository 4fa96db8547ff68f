import { Option } from "commander";
import type { Answer } from "../../lib/client/index.js";
import {
  AFFECTED_HOSTS,
  AFFECTED_JOBS,
  AFFECTED_PROCESSES,
  AFFECTED_USERS,
  MATCHED_OBJECTS,
} from "../../lib/lists/affected.js";
import type { List } from "../../lib/lists/column.js";
import { EXIT } from "../shared/program.js";
import { SPAN } from "./options.js";
import type { CommandFamily, Session } from "./session.js";
import { lines, listingTable, scope } from "./text.js";

const LISTS = {
  jobs: AFFECTED_JOBS,
  users: AFFECTED_USERS,
  hosts: AFFECTED_HOSTS,
  processes: AFFECTED_PROCESSES,
};
const KINDS = ["signature", "buildId", "path", "soname"];

interface AffectedParameters {
  what: string;
  by: keyof typeof LISTS;
  as?: string;
  domain?: string;
}

export const affectedCommand: CommandFamily = (program, session) => {
  session.add(program, "affected <what>", {
    summary: "List who used a build, a file or a library.",
    description:
      "List who used a build, a file or a library. <what> is a signature (UUID), a build-id, a path with a slash, " +
      "or the name of a library; * and ? are wildcards.",
    options: [
      new Option("--by <rows>", "list these").choices(Object.keys(LISTS)).default("jobs"),
      new Option("--as <kind>", "interpret <what> as this instead of guessing").choices(KINDS),
      new Option("--domain <name>", "with --by users: print mail addresses in this domain"),
      ...SPAN,
    ],
    examples: [
      "ogrt-query affected libblas --since 2026-01-01 --by users --domain example.org",
      "ogrt-query --csv affected libblas --by users > users.csv",
      "ogrt-query affected '/opt/app/1.2/*' --by hosts",
    ],
    run: (parameters: AffectedParameters) => showAffected(session, parameters),
  });
};

async function showAffected(session: Session, { what, by, as = "text", domain, ...span }: AffectedParameters) {
  const selected = { [as]: what, ...span };
  // Each list matches its answer, but TypeScript cannot check that for four lists at once.
  const { question, rows: member, columns } = LISTS[by] as List<"affectedJobs", "jobs">;
  const input = { ...selected, ...session.page, ...(by === "users" && domain !== undefined && { domain }) };
  const list = await session.ask(question, input);
  const rows = list[member];
  if (session.format !== "table") return session.showList(list, { rows: member, columns });
  const found = await session.ask("affected", selected);
  const table = rows.length === 0 ? "" : `\n${listingTable(columns, rows)}`;
  const answer = { ...found, next: list.next ?? null };
  session.show(answer, found.objectCount > 0, () => `${affectedPage(found)}${table}`);
  if (rows.length === 0) process.exitCode = EXIT.negative;
}

function affectedPage(found: Answer<"affected">): string {
  const { selection, software, objects, objectCount, conflicts } = found;
  const heading = [`${selection.kind} ${selection.value}`, ...software.map((name) => `  ${name}`), `  ${scope(found)}`];
  const more = objectCount > objects.length ? `and ${objectCount - objects.length} more\n` : "";
  const warnings = conflicts.map(
    ({ fileName, buildIds }) =>
      `conflict: ${buildIds.length} builds of ${fileName} have this signature: ${buildIds.join(", ")}`,
  );
  return `${lines(heading)}\n${listingTable(MATCHED_OBJECTS.columns, objects)}${more}${lines(warnings)}`;
}
