import type { Command, Option } from "commander";
import { type Answer, CollectorClient, type Input } from "../../lib/client/index.js";
import type { QuestionName } from "../../lib/collector/answers/registry.js";
import { ask, runningServer, type Target } from "../../lib/collector/query-target/target.js";
import { OgrtError } from "../../lib/errors.js";
import type { Column, List } from "../../lib/lists/column.js";
import { listCsv } from "../../lib/lists/csv.js";
import { didYouMean } from "../../lib/shared/suggestion.js";
import { bytesToText, printableJson, textToBytes } from "../../lib/text/escape.js";
import { complain, EXIT, examples } from "../shared/program.js";
import { type CommonOptions, targetOf } from "./options.js";
import { type Coverage, coverageLine, listingTable } from "./text.js";

export const TOOL = "ogrt-query";

/** Arguments and options whose values the store holds as reversible text. */
const NAMES = ["job", "user", "host", "id", "first", "second", "what"];

interface CommandDefinition<P> {
  readonly description: string;
  /** A shorter description for the list of commands. */
  readonly summary?: string;
  readonly options?: readonly Option[];
  readonly examples?: readonly string[];
  readonly isDefault?: true;
  /** Gets the arguments and options under their names. */
  readonly run: (parameters: P) => Promise<void>;
}

/** One run of ogrt-query: where the answers come from, and how they are printed. */
export class Session {
  readonly #program: Command;

  constructor(program: Command) {
    this.#program = program;
  }

  get #options(): CommonOptions {
    return this.#program.opts<CommonOptions>();
  }

  get target(): Target {
    return targetOf(this.#options);
  }

  get format(): "table" | "json" | "csv" {
    const { json, csv } = this.#options;
    return json ? "json" : csv ? "csv" : "table";
  }

  /** The parameters of a question that select a page of its list. */
  get page(): { limit: number; cursor?: string } {
    const { limit, cursor } = this.#options;
    return { limit, ...(cursor !== undefined && { cursor }) };
  }

  add<P>(parent: Command, usage: string, definition: CommandDefinition<P>): void {
    const command = parent.command(usage, { isDefault: definition.isDefault ?? false });
    command.description(definition.description).summary(definition.summary ?? "");
    for (const option of definition.options ?? []) command.addOption(option);
    command.addHelpText("after", `\nThe options of ${TOOL} apply too: see '${TOOL} --help'.`);
    if (definition.examples !== undefined) examples(command, ...definition.examples);
    // Commander gives an unknown command to the default one, as an excess argument.
    command.allowExcessArguments(definition.isDefault === true);
    command.action(async () => {
      const excess = command.args[command.registeredArguments.length];
      if (excess !== undefined) command.error(`error: ${excessSentence(parent, command, excess)}`);
      const given = command.registeredArguments.map((argument, index) => [argument.name(), command.args[index] ?? ""]);
      const entries = [...given, ...Object.entries(command.opts())].map(([name, value]) => [
        name,
        NAMES.includes(name) ? this.storedText(value) : value,
      ]);
      await definition.run(Object.fromEntries(entries) as P);
    });
  }

  /** Adds a command that prints the list of one answer, a page at a time. */
  addList<N extends QuestionName, K extends keyof Answer<N> & string, Row>(
    parent: Command,
    usage: string,
    list: List<N, K, Row>,
    { after, ...definition }: Omit<CommandDefinition<never>, "run"> & { after?: (answer: Answer<N>) => void },
  ): void {
    const run = async (input: object) => {
      const answer = await this.ask(list.question, { ...input, ...this.page } as Input<N>);
      this.showList(answer as Coverage & Readonly<Record<K, readonly Row[]>>, list);
      after?.(answer);
    };
    this.add(parent, usage, { ...definition, run });
  }

  /** A name from the command line as the store holds it. */
  storedText(text: string): string {
    return bytesToText(this.#options.escaped ? textToBytes(text) : Buffer.from(text));
  }

  ask<N extends QuestionName>(name: N, input: Input<N>): Promise<Answer<N>> {
    return ask(this.target, name, input);
  }

  /** A client of the collector, for admin operations. */
  async client(): Promise<CollectorClient> {
    return new CollectorClient(await runningServer(this.target));
  }

  /** Prints an answer on stdout and its coverage on stderr. */
  show(answer: Coverage, isFound: boolean, text: () => string): void {
    if (this.format === "csv") throw new OgrtError("INVALID_PARAMETER", "only commands that print a list have --csv");
    if (!isFound) process.exitCode = EXIT.negative;
    if (this.format === "table" && !isFound) complain(TOOL, "nothing found");
    else this.showResult(answer, text);
    if (this.format === "table") process.stderr.write(coverageLine(answer));
  }

  showList<K extends string, Row>(
    answer: Coverage & Readonly<Record<K, readonly Row[]>>,
    list: { readonly rows: K; readonly columns: readonly Column<Row>[] },
  ): void {
    const { columns } = list;
    const rows = answer[list.rows];
    if (this.format !== "csv") {
      this.show(answer, rows.length > 0, () => listingTable(columns, rows));
      return;
    }
    if (rows.length === 0) process.exitCode = EXIT.negative;
    process.stdout.write(listCsv(columns, rows));
    process.stderr.write(coverageLine(answer));
  }

  /** Prints the result of an admin operation. */
  showResult(result: object, text: () => string): void {
    process.stdout.write(this.resultText(result, text));
  }

  resultText(result: object, text: () => string): string {
    return this.format === "json" ? `${printableJson(result, 2)}\n` : text();
  }
}

/** What is wrong with an argument of the default command, whose name may have been left out. */
function excessSentence(parent: Command, command: Command, excess: string): string {
  if (parent.args[0] === command.name()) return `too many arguments: '${excess}'`;
  const known = parent.commands.map((one) => one.name());
  if (known.includes(excess)) return `the options of '${excess}' must come after its name`;
  return `unknown command '${excess}'${didYouMean(excess, [...known, "help"])}`;
}

/** A family of commands, one file each. */
export type CommandFamily = (program: Command, session: Session) => void;
