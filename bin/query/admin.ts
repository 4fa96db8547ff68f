import { Option } from "commander";
import type { Answer, Input } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";
import { writePrivate } from "../../lib/files/index.js";
import { printable } from "../../lib/text/escape.js";
import { forgetCommand } from "./forget.js";
import type { CommandFamily } from "./session.js";

export const adminCommands: CommandFamily = (program, session) => {
  const showFiles = (result: Answer<"backup" | "export">) =>
    session.showResult(result, () => result.files.map((path) => `${printable(path)}\n`).join(""));

  session.add(program, "verify", {
    description: "Re-verify files that the collector could not check before.",
    run: async () => {
      const client = await session.client();
      const result = await session.during("reading files again", () => client.verify({}));
      session.showResult(
        result,
        () => `new verdicts for ${result.resolved} of ${result.unresolved} records with unchecked files\n`,
      );
    },
  });
  session.add(program, "backup <name>", {
    description: "Copy the store to backups/<name>.duckdb in the data directory, while the collector runs.",
    run: async (input: Input<"backup">) => {
      const client = await session.client();
      showFiles(await session.during(`writing backup ${input.name}`, () => client.backup(input)));
    },
  });
  session.add(program, "export <name>", {
    description:
      "Write all processes to exports/<name>.parquet in the data directory, one row per process, and the times without a " +
      "collector to exports/<name>.outages.parquet.",
    run: async (input: Input<"export">) => {
      const client = await session.client();
      showFiles(await session.during(`writing export ${input.name}`, () => client.export(input)));
    },
  });
  forgetCommand(program, session);
  session.add(program, "login", {
    description:
      "Print a login link for a browser, which works once within 15 minutes. Prints to a terminal only; elsewhere, choose --file.",
    summary: "Print a login link for a browser, to a terminal or a private file.",
    options: [new Option("--file <file>", "write the link to <file>, which only its owner may read (mode 0600)")],
    examples: ["ogrt-query login", "ogrt-query login --file ~/ogrt-login"],
    run: async ({ file }: { readonly file?: string }) => {
      if (file === undefined && !process.stdout.isTTY) {
        const remedy = "run the command in a terminal, or write the link to a file with --file";
        throw new OgrtError(
          "INVALID_PARAMETER",
          `a login link is a secret, and standard output is not a terminal; ${remedy}`,
        );
      }
      const link = await (await session.client()).loginLink({});
      const text = session.resultText(link, () => `${link.url}\n`);
      if (file === undefined) process.stdout.write(text);
      else writePrivate(file, text);
    },
  });
};
