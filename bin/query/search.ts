import type { Answer, Input } from "../../lib/client/index.js";
import { computed, text, time } from "../../lib/lists/column.js";
import type { CommandFamily } from "./session.js";

/** The most names of each kind that an answer has. */
const MAX_NAMES = 100;
/** Of each kind in a table, unless --limit asks for more. */
const TABLE_NAMES = 10;

type Kind = Answer<"search">["kinds"][number];
type Found = Pick<Kind, "kind"> & Kind["names"][number];

const COLUMNS = [
  computed("kind", "Kind", "text", ({ kind }: Found) => kind),
  text("name", "Name"),
  { ...text("cluster", "Cluster"), isShownFor: (clusters: ReadonlySet<unknown>) => clusters.size > 1 },
  computed("processes", "Processes", "number", ({ processes }: Found) => processes),
  time("lastUse", "Last use"),
];

export const searchCommand: CommandFamily = (program, session) => {
  session.add(program, "search <text>", {
    summary: "Find what is named like a text: software, users, jobs, hosts, modules, files, stamps.",
    description:
      "Find what is named like a text, whatever it is: software, users, jobs, hosts, modules, libraries, paths, stamps, " +
      "build-ids and processes. The text is a part of the name, or has * and ?.",
    examples: ["ogrt-query search mpi", "ogrt-query search 'node01*'"],
    run: async ({ text }: Input<"search">) => {
      const all = session.isWhole ? MAX_NAMES : TABLE_NAMES;
      const limit = Math.min(session.limit ?? all, MAX_NAMES);
      const found = await session.ask("search", { text, limit });
      const names = found.kinds.flatMap(({ kind, names }) => names.map((name) => ({ kind, ...name })));
      if (session.format === "json") session.show(found, names.length > 0, () => "");
      else await session.showList({ ...found, names }, { rows: "names", columns: COLUMNS }, more(found.kinds));
    },
  });
};

const more = (kinds: readonly Kind[]): string =>
  kinds
    .filter(({ count, names }) => count > names.length)
    .map(({ kind, count, names }) => `${kind}: ${names.length} of ${count}\n`)
    .join("");
