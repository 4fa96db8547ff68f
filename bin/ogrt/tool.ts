import type { Command } from "commander";
import { didYouMean } from "../../lib/shared/suggestion.js";
import { addSections } from "../shared/help.js";
import { createProgram, runProgram } from "../shared/program.js";
import { TOOLS, type ToolName } from "../shared/tools.js";

/** A tool, under the name that it was called by. */
interface Tool {
  readonly program: (name: string) => Command;
  readonly run: (name: string) => Promise<void>;
}

/** Loads a tool: only the one that is called. */
export const LOADERS: Readonly<Record<ToolName, () => Promise<Tool>>> = {
  query: () => import("../query/tool.js"),
  inspect: () => import("../inspect/tool.js"),
  stamp: () => import("../stamp/tool.js"),
  run: () => import("../run/tool.js"),
  collector: () => import("../collector/tool.js"),
};

/** The first OGRT's way to look at a file. */
const SHOW_SIGNATURE = "--show-signature";

export function program(name: string): Command {
  const program = createProgram(name, "Record and ask which programs, libraries and builds run in jobs.")
    .option(`${SHOW_SIGNATURE} <file...>`, "print the OGRT signatures of files, as 'ogrt inspect' does")
    .usage("<command> [arguments]")
    .helpCommand("help [command...]", "print the help of a command")
    .allowExcessArguments()
    .action(async () => {
      const [word] = program.args;
      if (word !== undefined) program.error(`error: ${await unknownCommand(word)}`);
      program.outputHelp();
    });
  for (const [tool, description] of Object.entries(TOOLS)) program.command(tool).description(description);
  addSections(program, {
    notes: ["Each command is also a program of its own: 'ogrt query' is ogrt-query."],
    examples: [
      "ogrt query job 4711",
      "ogrt inspect --unstamped /opt",
      "ogrt run -- ./app --input data.nc",
      "ogrt --show-signature ./app",
    ],
  });
  return program;
}

export async function run(name: string): Promise<void> {
  const [first = "", ...rest] = process.argv.slice(2);
  if (isTool(first)) return runTool(name, first, rest);
  if (first === SHOW_SIGNATURE) return runTool(name, "inspect", [first, ...rest]);
  const [asked = "", ...command] = rest;
  if (first === "help" && isTool(asked)) return runTool(name, asked, [...command, "--help"]);
  await runProgram(program(name));
}

const isTool = (word: string): word is ToolName => Object.hasOwn(TOOLS, word);

async function runTool(name: string, tool: ToolName, args: readonly string[]): Promise<void> {
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...args);
  await (await LOADERS[tool]()).run(`${name} ${tool}`);
}

/** Names the nearest command, or that of ogrt query. */
async function unknownCommand(word: string): Promise<string> {
  const { commands } = (await LOADERS.query()).program("ogrt query");
  const isQuestion = commands.some((command) => command.name() === word);
  const nearest = isQuestion ? `; did you mean query ${word}?` : didYouMean(word, [...Object.keys(TOOLS), "help"]);
  return `unknown command '${word}'${nearest}`;
}
