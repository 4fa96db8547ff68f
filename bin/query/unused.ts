import { Option } from "commander";
import type { Input } from "../../lib/client/index.js";
import { OgrtError } from "../../lib/errors.js";
import { UNUSED_BUILDS, UNUSED_MODULES } from "../../lib/lists/software.js";
import { bytesToText } from "../../lib/text/escape.js";
import { readInput } from "../shared/input.js";
import { timeOption } from "./options.js";
import type { CommandFamily, Session } from "./session.js";

const UNUSED_SINCE = timeOption("--since <time>", "select what nobody has used since this time, such as 180d");

export const unusedCommands: CommandFamily = (program, session) => {
  const unused = session.group(program, "unused", "List installed software, longest unused first.");
  session.addList(unused, "builds", UNUSED_BUILDS, {
    summary: "List the packages of the catalogues that nobody uses, longest unused first.",
    description:
      "List the packages of the catalogues that nobody uses, longest unused first, and files without a package. What was " +
      "used in the last 24 hours is never listed.",
    options: [UNUSED_SINCE, new Option("--path <glob>", "select packages with a file at this path")],
    examples: ["ogrt-query unused builds --since 2026-01-01 --path '/opt/*'"],
  });
  session.add(unused, "modules", {
    description: "List modules, longest unused first.",
    options: [
      UNUSED_SINCE,
      new Option("--available <file>", "add the modules in this file, one per line, that no process ever loaded"),
    ],
    examples: ["module -t avail 2> modules.txt; ogrt-query unused modules --available modules.txt"],
    run: async ({ available, ...input }: Input<"unusedModules"> & { available?: string }) => {
      const isFirstPage = session.page.cursor === undefined;
      const unloaded = available === undefined || !isFirstPage ? [] : await neverLoaded(session, available);
      const rows = unloaded.map((module) => ({ module, lastUse: null, processes: 0, users: 0 }));
      await session.printList(UNUSED_MODULES, input, rows);
    },
  });
};

/** The modules in a file that no process ever loaded. */
async function neverLoaded(session: Session, path: string): Promise<string[]> {
  const text = bytesToText(readInput(path));
  const loaded = new Set<string>();
  for await (const { modules } of session.pages("unusedModules", {})) {
    for (const { module } of modules) loaded.add(module);
  }
  const lines = text.split("\n").map((line) => line.trim().replace(/\s*\((?:default|L|D)\)$/, ""));
  // `module -t avail` also prints the names of directories.
  const names = lines.filter((line) => line !== "" && !/[:/]$/.test(line));
  const unlike = names.find((name) => /[\s{}"\\]/.test(name));
  if (unlike !== undefined) {
    const sentence = `"${unlike.slice(0, 60)}" is not a module: one per line, as module -t avail prints`;
    throw new OgrtError("INVALID_PARAMETER", sentence, { path, value: unlike });
  }
  return [...new Set(names)].filter((name) => !loaded.has(name));
}
