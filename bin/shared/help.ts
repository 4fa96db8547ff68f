import type { Command } from "commander";
import { spelledAs } from "./tools.js";

/** What --help prints after the options, and man pages have too. */
export interface HelpSections {
  /** Paragraphs. */
  readonly notes?: readonly string[];
  /** Words and their meanings, by the title of their section. */
  readonly lists?: Readonly<Record<string, readonly (readonly [word: string, meaning: string])[]>>;
  readonly examples?: readonly string[];
}

const WIDTH = 80;

const SECTIONS = new WeakMap<Command, HelpSections>();

export const sectionsOf = (command: Command): HelpSections => SECTIONS.get(command) ?? {};

/** Adds sections to the help of a command. */
export function addSections(command: Command, sections: HelpSections): void {
  SECTIONS.set(command, sections);
  command.addHelpText("after", () => spelledAs(rootOf(command).name(), helpText(sections)));
}

const rootOf = (command: Command): Command => (command.parent === null ? command : rootOf(command.parent));

function helpText({ notes = [], lists = {}, examples = [] }: HelpSections): string {
  const sections = [
    ...notes.map((paragraph) => wrapped(paragraph, WIDTH)),
    ...Object.entries(lists).map(([title, rows]) => [`${title}:`, ...listLines(rows)]),
    ...(examples.length === 0 ? [] : [["Examples:", ...examples.map((line) => `  ${line}`)]]),
  ];
  return `\n${sections.map((lines) => lines.join("\n")).join("\n\n")}`;
}

function listLines(rows: readonly (readonly [string, string])[]): string[] {
  const indent = Math.max(...rows.map(([word]) => word.length)) + 4;
  return rows.flatMap(([word, meaning]) =>
    wrapped(meaning, WIDTH - indent).map((line, index) => `${(index === 0 ? `  ${word}` : "").padEnd(indent)}${line}`),
  );
}

/** A paragraph in lines of at most this many characters, unless a word is longer. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
