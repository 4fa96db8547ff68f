import { TOOLS, type ToolName } from "../../bin/shared/tools.js";
import type { CommandEntry, OptionEntry } from "./commands.js";

/** A manual page in the macros of man(7). */
export function manPage(command: CommandEntry, version: string): string {
  const { name, description, usage, sections } = command;
  const purpose = `${description[0]?.toLowerCase()}${description.slice(1).replace(/\.$/, "")}`;
  return [
    `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`ogrt ${version}`)} "User Commands"`,
    ...[".SH NAME", `${text(name)} \\- ${text(purpose)}`, ".SH SYNOPSIS", ...synopsis(usage)],
    ...[".SH DESCRIPTION", line(description)],
    ...(sections.notes ?? []).flatMap((paragraph) => [".PP", line(paragraph)]),
    ...argumentList(command),
    ...optionSections(command, ".SH"),
    ...commandSections(command),
    ...Object.entries(sections.lists ?? {}).flatMap(([title, rows]) => [
      `.SH ${quoted(title.toUpperCase())}`,
      ...rows.flatMap(([word, meaning]) => item(bold(word), meaning)),
    ]),
    ...exampleLines(sections.examples ?? [], ".SH EXAMPLES"),
    ...[".SH SEE ALSO", seeAlso(name)],
    "",
  ].join("\n");
}

const ofGroups = ({ name, commands }: CommandEntry): CommandEntry[] =>
  commands.flatMap((command) =>
    command.name === "help" ? [] : command.commands.length === 0 ? [command] : ofGroups({ ...command, name }),
  );

/** The commands of a tool with their options; of ogrt, whose commands have pages of their own, their names. */
function commandSections(command: CommandEntry): string[] {
  if (command.commands.length === 0) return [];
  if (command.name === "ogrt") {
    const named = command.commands.flatMap(({ name, summary }) => item(bold(name), summary));
    return [".SH COMMANDS", ...named];
  }
  return [
    ".SH COMMANDS",
    ...ofGroups(command).flatMap((one) => [
      `.SS ${quoted(one.usage.replace(`${command.name} `, ""))}`,
      line(one.description),
      ...argumentList(one),
      ...optionSections(one, undefined),
      ...exampleLines(one.sections.examples ?? [], ".PP\nExamples:\n.PP"),
    ]),
  ];
}

const argumentList = ({ arguments: list }: CommandEntry): string[] =>
  list.filter(({ description }) => description !== "").flatMap((one) => item(italic(one.name), one.description));

/** @param heading - macro of the first heading; undefined: the options follow without one, and without --help. */
function optionSections({ options }: CommandEntry, heading: string | undefined): string[] {
  return Array.from(options).flatMap(([title, list], index) => {
    const items = (heading === undefined ? list.filter(({ flags }) => !flags.includes("--help")) : list).flatMap(
      option,
    );
    if (heading === undefined) return items;
    const name = title.replace(/:$/, "");
    return index === 0 ? [`${heading} OPTIONS`, ...items] : [`.SS ${quoted(name)}`, ...items];
  });
}

function option({ flags, value, description }: OptionEntry): string[] {
  const term = flags.map(bold).join(", ");
  return item(value === undefined ? term : `${term} ${italic(value)}`, description);
}

const item = (term: string, meaning: string): string[] => [".TP", term, line(meaning)];

function exampleLines(examples: readonly string[], heading: string): string[] {
  if (examples.length === 0) return [];
  return [...heading.split("\n"), ".nf", ".RS 4", ...examples.map(line), ".RE", ".fi"];
}

function synopsis(usage: string): string[] {
  const [, name = "", rest = ""] = /^(\S+)(.*)$/.exec(usage) ?? [];
  return [`${bold(name)}${text(rest)}`];
}

function seeAlso(name: string): string {
  const tools = ["ogrt", ...(Object.keys(TOOLS) as ToolName[]).map((tool) => `ogrt-${tool}`)];
  return tools
    .filter((tool) => tool !== name)
    .map((tool) => `${bold(tool)}(1)`)
    .join(",\n");
}

const bold = (word: string) => `\\fB${text(word)}\\fR`;
const italic = (word: string) => `\\fI${text(word)}\\fR`;
const quoted = (words: string) => `"${text(words).replaceAll('"', '""')}"`;

/** Text as a line of its own, which no macro begins. */
const line = (words: string) => text(words).replace(/^(?=[.'])/, "\\&");

/** Text without the signs that roff(7) interprets, and in ASCII. */
const text = (words: string): string =>
  words
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(
      /[^\n -~]/gu,
      (sign) => `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
    );
