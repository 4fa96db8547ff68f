import { Option } from "commander";
import type { Answer, Input } from "../../lib/client/index.js";
import { UNUSED_BUILDS, UNUSED_MODULES } from "../../lib/lists/software.js";
import { bytesToText } from "../../lib/text/escape.js";
import { readInput } from "../shared/input.js";
import { complain } from "../shared/program.js";
import { type CommandFamily, type Session, TOOL } from "./session.js";

const UNUSED_SINCE = new Option("--since <time>", "select what nobody has used since this time");

export const unusedCommands: CommandFamily = (program, session) => {
  const unused = program.command("unused").description("List installed software, longest unused first.");
  session.addList(unused, "builds", UNUSED_BUILDS, {
    description: "List the files of the catalogues, longest unused first.",
    options: [UNUSED_SINCE, new Option("--path <glob>", "select files at this path")],
    examples: ["ogrt-query unused builds --since 2026-01-01 --path '/opt/*'"],
    after: ({ catalogued }) => {
      if (catalogued === 0) complain(TOOL, "the collector has no catalogue; start it with --catalogue FILE");
    },
  });
  session.add(unused, "modules", {
    description: "List modules, longest unused first.",
    options: [
      UNUSED_SINCE,
      new Option("--available <file>", "add the modules in this file, one per line, that no process ever loaded"),
    ],
    examples: ["module -t avail 2> modules.txt; ogrt-query unused modules --available modules.txt"],
    run: async ({ available, ...input }: Input<"unusedModules"> & { available?: string }) => {
      const found = await session.ask("unusedModules", { ...input, ...session.page });
      const isFirstPage = session.page.cursor === undefined;
      const unloaded = available === undefined || !isFirstPage ? [] : await neverLoaded(session, available);
      const rows = unloaded.map((module) => ({ module, lastUse: null, processes: 0, users: 0 }));
      session.showList({ ...found, modules: [...rows, ...found.modules] }, UNUSED_MODULES);
    },
  });
};

/** The modules in a file that no process ever loaded. */
async function neverLoaded(session: Session, path: string): Promise<string[]> {
  const text = bytesToText(readInput(path));
  const loaded = new Set<string>();
  for (let cursor: string | null = "0"; cursor !== null; ) {
    const found: Answer<"unusedModules"> = await session.ask("unusedModules", { limit: 1000, cursor });
    for (const { module } of found.modules) loaded.add(module);
    cursor = found.next;
  }
  const names = text.split("\n").map((line) => line.trim().replace(/\((?:default|L|D)\)$/, ""));
  // `module -t avail` also prints the names of directories.
  return [...new Set(names)].filter((name) => name !== "" && !/[:/]$/.test(name) && !loaded.has(name));
}
