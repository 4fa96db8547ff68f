import { Option } from "commander";
import type { Answer, Input } from "../../lib/client/index.js";
import { SOFTWARE, USER_PROGRAMS } from "../../lib/lists/software.js";
import { table } from "../../lib/shared/table.js";
import { SPAN, USER } from "./options.js";
import type { CommandFamily } from "./session.js";
import { listingTable, scope } from "./text.js";

export const softwareCommands: CommandFamily = (program, session) => {
  session.add(program, "overview", {
    description: "Summarize processes, verdicts, and the most active software, users and hosts.",
    options: SPAN,
    run: async (input: Input<"overview">) => {
      const found = await session.ask("overview", input);
      session.show(found, found.processes > 0, () => overviewPage(found));
    },
  });
  session.addList(program, "software", SOFTWARE, {
    description: "List software, most used first.",
    options: [
      new Option("--by <measure>", "sort by this measure").choices(["runs", "users", "jobs", "cpu"]).default("runs"),
      new Option("--period <length>", "print one row for each period").choices(["all", "month", "day"]).default("all"),
      ...[USER, ...SPAN],
    ],
    examples: ["ogrt-query software --by cpu --period month --since 2026-01-01"],
    after: ({ total, unnamed }) => {
      if (session.format !== "table" || total.runs === 0) return;
      const share = ((100 * unnamed.runs) / total.runs).toFixed(1);
      process.stdout.write(`${unnamed.runs} of ${total.runs} runs (${share} %) are named by their path only\n`);
    },
  });
  session.addList(program, "user-programs", USER_PROGRAMS, {
    description: "List programs in users' directories that no catalogue lists.",
    options: [USER, ...SPAN],
  });
};

function overviewPage(found: Answer<"overview">): string {
  const { processes, jobs, users, hosts, cpuSeconds, verdicts, software, topUsers, topHosts } = found;
  const shares = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  const ranking = (heading: string, rows: readonly (readonly [string | null, number, number])[]) =>
    table(
      [heading, "PROCESSES", "JOBS"],
      rows.map(([name, ...counts]) => [name ?? "-", ...counts.map(String)]),
    );
  return [
    `${scope({ processes, jobs, users, hosts })}; ${Math.round(cpuSeconds)} CPU seconds\nprograms: ${shares.join(", ")}\n`,
    listingTable(SOFTWARE.columns.slice(1), software),
    ranking(
      "USER",
      topUsers.map((row) => [row.user, row.processes, row.jobs]),
    ),
    ranking(
      "HOST",
      topHosts.map((row) => [row.host, row.processes, row.jobs]),
    ),
  ].join("\n");
}
