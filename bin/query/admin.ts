import type { Answer } from "../../lib/client/index.js";
import { printable } from "../../lib/text/escape.js";
import { showResult } from "./output.js";
import type { CommandFamily } from "./session.js";

export const adminCommands: CommandFamily = (program, session) => {
  const showFiles = (result: Answer<"backup">) =>
    showResult(session.format, result, result.files.map((path) => `${printable(path)}\n`).join(""));

  program
    .command("verify")
    .description("Re-verify files that the collector could not check before.")
    .action(async () => {
      const result = await (await session.client()).verify({});
      const text = `re-verified ${result.resolved} of ${result.unresolved} unresolved findings\n`;
      showResult(session.format, result, text);
    });
  program
    .command("backup")
    .description("Copy the store while the collector runs.")
    .argument("<name>", "write backups/<name>.duckdb in the data directory")
    .action(async (name: string) => showFiles(await (await session.client()).backup({ name })));
  program
    .command("export")
    .description("Write all processes to a Parquet file, one row per process.")
    .argument("<name>", "write exports/<name>.parquet in the data directory")
    .action(async (name: string) => showFiles(await (await session.client()).export({ name })));
  program
    .command("forget")
    .description("Delete a user's processes from the store, backups and exports.")
    .argument("<user>", "user name as the processes report it")
    .action(async (user: string) =>
      showFiles(await (await session.client()).forget({ user: session.storedText(user) })),
    );
  program
    .command("login")
    .description("Print a login link for a browser, which works once within 15 minutes.")
    .action(async () => {
      const link = await (await session.client()).loginLink({});
      showResult(session.format, link, `${link.url}\n`);
    });
};
