import type { Answer } from "../../lib/client/index.js";
import { table } from "../../lib/shared/table.js";
import { listingTable } from "./listing.js";
import { SOFTWARE } from "./listings.js";
import { SPAN, type SpanOptions } from "./options.js";
import { showAnswer } from "./output.js";
import type { CommandFamily } from "./session.js";

export const overviewCommand: CommandFamily = (program, session) => {
  const command = program
    .command("overview")
    .description("Summarize processes, verdicts, and the most active software, users and hosts.");
  for (const option of SPAN) command.addOption(option);
  command.action(async (span: SpanOptions) => {
    const found = await session.ask("overview", span);
    showAnswer(session.format, found, found.processes > 0, () => overviewPage(found));
  });
};

function overviewPage(found: Answer<"overview">): string {
  const { processes, jobs, users, hosts, cpuSeconds, verdicts, software, topUsers, topHosts } = found;
  const shares = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  const ranking = (heading: string, rows: readonly { name: string | null; processes: number; jobs: number }[]) =>
    table(
      [heading, "PROCESSES", "JOBS"],
      rows.map((row) => [row.name ?? "-", `${row.processes}`, `${row.jobs}`]),
    );
  return [
    `${processes} processes in ${jobs} jobs of ${users} users on ${hosts} hosts; ${Math.round(cpuSeconds)} CPU seconds\n` +
      `programs: ${shares.join(", ")}\n`,
    listingTable(SOFTWARE.slice(1), software),
    ranking(
      "USER",
      topUsers.map(({ user, ...row }) => ({ name: user, ...row })),
    ),
    ranking(
      "HOST",
      topHosts.map(({ host, ...row }) => ({ name: host, ...row })),
    ),
  ].join("\n");
}
