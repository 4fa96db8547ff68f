import { Option } from "commander";
import type { Answer, Input } from "../../lib/client/index.js";
import { HOST_COLUMNS, number, text } from "../../lib/lists/column.js";
import { SOFTWARE, USER_PROGRAMS } from "../../lib/lists/software.js";
import { CLUSTER, SPAN } from "./options.js";
import type { CommandFamily } from "./session.js";
import { listingTable, type TableView } from "./table-view.js";
import { cpuSentence, scope } from "./text.js";

export const softwareCommands: CommandFamily = (program, session) => {
  session.add(program, "overview", {
    description: "Summarize processes, verdicts, and the most active software, users and hosts.",
    options: [CLUSTER, ...SPAN],
    run: async (input: Input<"overview">) => {
      const found = await session.ask("overview", input);
      session.show(found, found.processes > 0, () => overviewPage(found, session.view));
    },
  });
  session.addList(program, "software [name]", SOFTWARE, {
    description: "List software, most used first, or the versions of one name.",
    options: [
      new Option("--by <measure>", "sort by this measure").choices(["runs", "users", "jobs", "cpu"]).default("runs"),
      new Option("--period <length>", "print one row for each period").choices(["all", "month", "day"]).default("all"),
    ],
    examples: ["ogrt-query software --by cpu --period month --since 2026-01-01", "ogrt-query software simulate"],
    after: ({ total, unnamed }) => {
      if (session.format !== "table" || total.runs === 0) return;
      const share = ((100 * unnamed.runs) / total.runs).toFixed(1);
      process.stdout.write(`${unnamed.runs} of ${total.runs} runs (${share} %) are named by their path only\n`);
    },
  });
  session.addList(program, "user-programs", USER_PROGRAMS, {
    description: "List programs in users' directories that no catalogue lists.",
  });
};

function overviewPage(found: Answer<"overview">, view: TableView): string {
  const { processes, jobs, users, hosts, cpuSeconds, ended, verdicts, software, topUsers, topHosts } = found;
  const shares = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  return [
    `${scope({ processes, jobs, users, hosts })}; ${cpuSentence(cpuSeconds, ended, processes)}\nprograms: ${shares.join(", ")}\n`,
    listingTable(SOFTWARE.columns.slice(1), software, view),
    listingTable(TOP_USERS, topUsers, view),
    listingTable(TOP_HOSTS, topHosts, view),
  ].join("\n");
}

const COUNTS = [number("processes", "Processes"), number("jobs", "Jobs")];
const TOP_USERS = [text("user", "User"), ...COUNTS];
const TOP_HOSTS = [...HOST_COLUMNS, ...COUNTS];
