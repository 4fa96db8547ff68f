import type { Argument, Command, Option } from "commander";
import { LOADERS, program } from "../../bin/ogrt/tool.js";
import { type HelpSections, sectionsOf } from "../../bin/shared/help.js";
import type { ToolName } from "../../bin/shared/tools.js";

/*
 * The commands of the tools and their options, for man pages and completion: the tables that --help prints.
 */

/** What can stand for the value of an option or argument. */
export type Values =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "file" | "directory" | "command" | "any" };

export interface OptionEntry {
  /** Such as `-o` and `--output`. */
  readonly flags: readonly string[];
  /** Name of its value; undefined for an option without one. */
  readonly value: string | undefined;
  readonly values: Values;
  readonly isRepeatable: boolean;
  readonly description: string;
}

export interface ArgumentEntry {
  readonly name: string;
  readonly values: Values;
  readonly isRepeatable: boolean;
  readonly description: string;
}

export interface CommandEntry {
  readonly name: string;
  readonly usage: string;
  readonly description: string;
  /** A shorter description. */
  readonly summary: string;
  readonly arguments: readonly ArgumentEntry[];
  /** Options by the title of their group. */
  readonly options: ReadonlyMap<string, readonly OptionEntry[]>;
  readonly commands: readonly CommandEntry[];
  /** The command that runs when none is named. */
  readonly byDefault: CommandEntry | undefined;
  readonly sections: HelpSections;
}

/** ogrt with the tools as its commands, and each tool by itself. */
export async function programs(): Promise<CommandEntry[]> {
  const ogrt = entryOf(program("ogrt"));
  const tools = Object.keys(LOADERS) as ToolName[];
  const named = async (tool: ToolName, name: string) => entryOf((await LOADERS[tool]()).program(name));
  const commands = await Promise.all(
    tools.map(async (tool) => ({ ...(await named(tool, `ogrt ${tool}`)), name: tool })),
  );
  const help = ogrt.commands.filter(({ name }) => name === "help");
  return [
    { ...ogrt, commands: [...commands, ...help] },
    ...(await Promise.all(tools.map((tool) => named(tool, `ogrt-${tool}`)))),
  ];
}

export const allOptions = ({ options }: CommandEntry): OptionEntry[] => [...options.values()].flat();

function entryOf(command: Command): CommandEntry {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).map(entryOf);
  const shown = help.visibleOptions(command);
  const groups = help.groupItems([...command.options], shown, (option) => option.helpGroupHeading ?? "Options:");
  return {
    name: command.name(),
    usage: help.commandUsage(command),
    description: help.commandDescription(command),
    summary: help.subcommandDescription(command),
    arguments: help.visibleArguments(command).map((argument) => argumentOf(argument)),
    options: new Map(Array.from(groups, ([title, options]) => [title, options.map((one) => optionOf(one, help))])),
    commands,
    byDefault: commands.find(({ name }) => name === defaultCommandOf(command)),
    sections: sectionsOf(command),
  };
}

/** Commander keeps it to itself. */
const defaultCommandOf = (command: Command) =>
  (command as unknown as { readonly _defaultCommandName: string | null })._defaultCommandName;

function optionOf(option: Option, help: ReturnType<Command["createHelp"]>): OptionEntry {
  const { flags, short, long, argChoices, description } = option;
  const [, value] = /[<[]([^>\]]+?)(?:\.\.\.)?[>\]]/.exec(flags) ?? [];
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    value,
    values: valuesOf(value, argChoices),
    isRepeatable: option.variadic || /\brepeat(?:ed|able)\b/.test(help.optionDescription(option)),
    description: help.optionDescription({ ...option, description } as Option),
  };
}

function argumentOf(argument: Argument): ArgumentEntry {
  const { description, variadic: isRepeatable, argChoices } = argument;
  const name = argument.name();
  return { name, isRepeatable, description, values: valuesOf(name, argChoices) };
}

/** Times as people mostly write them. */
const TIMES = ["today", "yesterday", "1h", "1d", "7d", "30d", "365d"];

/** What a value can be, from its name: all options name their values by what they are. */
function valuesOf(name: string | undefined, choices: readonly string[] | undefined): Values {
  if (choices !== undefined) return { kind: "words", words: choices };
  if (name?.includes("|")) return { kind: "words", words: name.split("|") };
  if (name === "time") return { kind: "words", words: TIMES };
  if (name === "command") return { kind: "command" };
  if (name === "directory" || name === "dir" || name === "directories") return { kind: "directory" };
  return { kind: name === "file" || name === "path" || name === "old" ? "file" : "any" };
}
