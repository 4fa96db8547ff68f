import { Option } from "commander";
import type { Answer, Input } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";
import {
  AFFECTED_BUILDS,
  AFFECTED_HOSTS,
  AFFECTED_JOBS,
  AFFECTED_PROCESSES,
  AFFECTED_USERS,
} from "../../lib/lists/affected.js";
import type { List } from "../../lib/lists/column.js";
import { EXIT } from "../shared/program.js";
import { SPAN } from "./options.js";
import type { CommandFamily, Session } from "./session.js";
import { listingTable } from "./table-view.js";
import { lines, moreRows, scope } from "./text.js";

const LISTS = {
  jobs: AFFECTED_JOBS,
  users: AFFECTED_USERS,
  hosts: AFFECTED_HOSTS,
  processes: AFFECTED_PROCESSES,
  builds: AFFECTED_BUILDS,
};
const KINDS = ["signature", "buildId", "path", "soname", "software"];

interface AffectedParameters {
  what: string;
  by: keyof typeof LISTS;
  as?: string;
  domain?: string;
}

export const affectedCommand: CommandFamily = (program, session) => {
  session.add(program, "affected <what>", {
    summary: "List who used a build, a file, a library or software.",
    description:
      "List who used a build, a file, a library or software. <what> is a signature (UUID), a build-id, a path with a " +
      "slash, a name and a version with a space between, or the name of a library; * and ? are wildcards.",
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
      "ogrt-query affected 'simulate 1.0'",
    ],
    run: (parameters: AffectedParameters) => showAffected(session, parameters),
  });
};

async function showAffected(session: Session, { what, by, as = "text", domain, ...span }: AffectedParameters) {
  if (domain !== undefined && by !== "users") {
    throw new OgrtError("INVALID_PARAMETER", "--domain requires --by users: only users have addresses");
  }
  const selected: Input<"affected"> = { [as]: what, ...span };
  const input: Input<"affectedUsers"> = { ...selected, ...(domain !== undefined && { domain }) };
  // Each list matches its answer, but TypeScript cannot check that for all lists at once.
  const list = LISTS[by] as List<"affectedJobs", "jobs">;
  // The table of builds would be printed twice.
  if (session.format !== "table" || session.isSorted || by === "builds")
    return void (await session.printList(list, input));
  const listed = await session.ask(list.question, { ...input, ...session.page });
  const { [list.rows]: rows } = listed;
  const found = await session.ask("affected", selected);
  const table =
    rows.length === 0 ? "" : `\n${session.table(list.columns, rows)}${moreRows(listed, session.page.limit)}`;
  session.show(found, found.objectCount > 0, () => `${affectedPage(found, session)}${table}`);
  if (rows.length === 0) process.exitCode = EXIT.negative;
}

function affectedPage(found: Answer<"affected">, { view }: Session): string {
  const { selection, software, objects, objectCount, conflicts } = found;
  const kind = selection.kind === "buildId" ? "build-id" : selection.kind;
  const heading = [`${kind} ${selection.value}`, ...software.map((name) => `  ${name}`), `  ${scope(found)}`];
  const more =
    objectCount > objects.length ? `and ${objectCount - objects.length} more: --csv --by builds prints all\n` : "";
  const warnings = conflicts.map(
    ({ fileName, buildIds }) =>
      `conflict: ${buildIds.length} builds of ${fileName} have this signature: ${buildIds.join(", ")}`,
  );
  return `${lines(heading)}\n${listingTable(AFFECTED_BUILDS.columns, objects, view)}${more}${lines(warnings)}`;
}
