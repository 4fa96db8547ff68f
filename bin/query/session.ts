import type { Command, Option } from "commander";
import { type Answer, CollectorClient, type Input, type ListName } from "../../lib/client/index.js";
import type { QuestionName } from "../../lib/collector/answers/registry.js";
import { type Answered, ask, pages, runningServer, type Target } from "../../lib/collector/query-target/target.js";
import { OgrtError } from "../../lib/errors.js";
import type { Column, List } from "../../lib/lists/column.js";
import { didYouMean } from "../../lib/shared/suggestion.js";
import { bytesToText, printableJson, textToBytes } from "../../lib/text/escape.js";
import { addSections } from "../shared/help.js";
import { complain, EXIT } from "../shared/program.js";
import { ProgressLine } from "../shared/progress.js";
import { printPaged } from "../shared/terminal.js";
import { filterOptions } from "./filters.js";
import { chosenColumns, MAX_SORTED_ROWS, rowOrder } from "./list-order.js";
import { ListOutput } from "./list-output.js";
import { type ListFormat, listText } from "./list-text.js";
import { type CommonOptions, targetOf } from "./options.js";
import { listingTable, type TableView, tableView } from "./table-view.js";
import { type Coverage, coverageLine, lines, moreRows } from "./text.js";

/** Arguments and options whose values the store holds as reversible text. */
const NAMES = ["job", "cluster", "user", "host", "id", "first", "second", "what"];

/** Rows of a page unless --limit says otherwise. */
const DEFAULT_PAGE_ROWS = 100;

/** Questions that answer a page of a list. */
export type ListQuestion = QuestionName & ListName;

/** A page of a list. */
type ListAnswer<K extends string, Row> = Coverage & Readonly<Record<K, readonly Row[]>>;

/** The member of an answer that is a list, and its columns. */
interface Rows<K extends string, Row> {
  readonly rows: K;
  readonly columns: readonly Column<Row>[];
}

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
  /** Where the last answer came from. */
  #source = "";
  /** Whether no collector can start until its last page has been read. */
  #holdsStore = false;

  constructor(program: Command) {
    this.#program = program;
  }

  get #options(): CommonOptions {
    return this.#program.opts<CommonOptions>();
  }

  /** Writes a line to stderr. */
  complain(sentence: string): void {
    complain(this.#program.name(), sentence);
  }

  get target(): Target {
    return targetOf(this.#options);
  }

  get format(): "table" | ListFormat {
    const { json, csv, ndjson } = this.#options;
    return json ? "json" : csv ? "csv" : ndjson ? "ndjson" : "table";
  }

  /** Whether nothing is left out for the sake of a small screen. */
  get isWide(): boolean {
    return this.#options.wide === true;
  }

  get isSorted(): boolean {
    return this.#options.sort !== undefined;
  }

  get view(): TableView {
    return tableView(this.isWide);
  }

  /** The rows that --limit asks for. */
  get limit(): number | undefined {
    return this.#options.limit;
  }

  /** The parameters of a question that select a page of its list. */
  get page(): { limit: number; cursor?: string } {
    const { limit = DEFAULT_PAGE_ROWS, cursor } = this.#options;
    return { limit, ...(cursor !== undefined && { cursor }) };
  }

  /** Adds a command that only groups others. */
  group(parent: Command, name: string, description: string): Command {
    const group = parent.command(name).description(description);
    group.on("command:*", ([word = ""]: string[]) => group.error(`error: ${unknownCommand(group, word)}`));
    return group;
  }

  add<P>(parent: Command, usage: string, definition: CommandDefinition<P>): void {
    const command = parent.command(usage, { isDefault: definition.isDefault ?? false });
    command.description(definition.description).summary(definition.summary ?? "");
    if (definition.isDefault !== true) command.showHelpAfterError(`run '${fullName(command)} --help' for usage`);
    for (const option of definition.options ?? []) command.addOption(option);
    addSections(command, {
      notes: ["The options of ogrt-query apply too: see 'ogrt-query --help'."],
      ...(definition.examples !== undefined && { examples: definition.examples }),
    });
    // Commander gives an unknown command to the default one, as an excess argument.
    command.allowExcessArguments(definition.isDefault === true);
    command.action(async () => {
      const excess = command.args[command.registeredArguments.length];
      if (excess !== undefined) command.error(`error: ${excessSentence(parent, command, excess)}`);
      const given = command.registeredArguments.flatMap((argument, index) => {
        const value = command.args[index];
        return value === undefined ? [] : [[argument.name(), value]];
      });
      const entries = [...given, ...Object.entries(command.opts())].map(([name, value]) => [
        name,
        NAMES.includes(name) ? this.storedText(value) : value,
      ]);
      await definition.run(Object.fromEntries(entries) as P);
    });
  }

  /** Adds a command that prints the list of one answer, with an option for each parameter of the question. */
  addList<N extends ListQuestion, K extends keyof Answer<N> & string, Row>(
    parent: Command,
    usage: string,
    list: List<N, K, Row>,
    { after, ...definition }: Omit<CommandDefinition<never>, "run"> & { after?: (answer: Answer<N>) => void },
  ): void {
    const run = async (input: object) => {
      const answer = await this.printList(list, input as Input<N>);
      after?.(answer);
    };
    const given = Array.from(usage.matchAll(/[<[](\w+)/g), ([, name = ""]) => name);
    const options = filterOptions(list.question, definition.options ?? [], given);
    this.add(parent, usage, { ...definition, options, run });
  }

  /**
   * Prints a page of a list; in other formats than tables the whole list, unless --limit is given. Returns the last answer.
   *
   * @param before - rows that come before those of the answer.
   */
  async printList<N extends ListQuestion, K extends keyof Answer<N> & string, Row>(
    list: List<N, K, Row>,
    input: Input<N>,
    before: readonly NoInfer<Row>[] = [],
  ): Promise<Answer<N>> {
    const { sort } = this.#options;
    if (sort !== undefined) return this.#printSorted(list, input, before, sort);
    if (this.isWhole) return this.#printWhole(list, input, before);
    const answer = await this.ask(list.question, { ...(input as object), ...this.page } as Input<N>);
    const page = answer as ListAnswer<K, Row>;
    await this.showList({ ...page, [list.rows]: [...before, ...page[list.rows]] }, list);
    return answer;
  }

  /** True when a list is printed with all its rows. */
  get isWhole(): boolean {
    return this.format !== "table" && this.#options.limit === undefined;
  }

  async #printWhole<N extends ListQuestion, K extends keyof Answer<N> & string, Row>(
    list: List<N, K, Row>,
    input: Input<N>,
    before: readonly Row[],
  ): Promise<Answer<N>> {
    const output = this.output(list);
    let last: Answer<N> | undefined;
    const read = async () => {
      for await (const page of this.pages(list.question, this.#fromCursor(input))) {
        const rows = (page as ListAnswer<K, Row>)[list.rows];
        await output.write(last === undefined ? [...before, ...rows] : rows, !this.#holdsStore);
        last = page;
      }
    };
    try {
      // On a terminal the rows themselves show that it goes on.
      await (process.stdout.isTTY ? read() : this.#counting(() => output.rows, read));
    } catch (error) {
      await output.end(undefined);
      output.complainIncomplete();
      throw error;
    }
    if (last === undefined) throw new Error("a list has at least one page");
    await output.end(last as object);
    this.explain(last as Coverage, output.rows > 0);
    return last;
  }

  #counting(rows: () => number, work: () => Promise<void>): Promise<void> {
    return ProgressLine.during(this.#program.name(), () => `${rows()} rows read`, work);
  }

  #fromCursor<N extends ListQuestion>(input: Input<N>): Input<N> {
    const { cursor } = this.#options;
    return { ...(input as object), ...(cursor !== undefined && { cursor }) } as Input<N>;
  }

  /** Prints the first rows of a list after sorting all of them. */
  async #printSorted<N extends ListQuestion, K extends keyof Answer<N> & string, Row>(
    list: List<N, K, Row>,
    input: Input<N>,
    before: readonly Row[],
    sort: string,
  ): Promise<Answer<N>> {
    const order = rowOrder(list.columns, sort);
    const all = [...before];
    let last: Answer<N> | undefined;
    const read = async () => {
      for await (const page of this.pages(list.question, this.#fromCursor(input))) {
        all.push(...(page as ListAnswer<K, Row>)[list.rows]);
        last = page;
        if (all.length <= MAX_SORTED_ROWS) continue;
        const sentence = `--sort takes at most ${MAX_SORTED_ROWS} rows; select fewer, or sort the output of --csv`;
        throw new OgrtError("INVALID_PARAMETER", sentence, { value: "sort" });
      }
    };
    await this.#counting(() => all.length, read);
    if (last === undefined) throw new Error("a list has at least one page");
    const limit = this.isWhole ? all.length : this.page.limit;
    const shown = { ...(last as ListAnswer<K, Row>), [list.rows]: all.sort(order).slice(0, limit) };
    const rest = all.length > limit ? `${all.length} rows: all of them with --csv, more with --limit\n` : "";
    await this.showList(shown as ListAnswer<K, Row>, list, rest);
    return last;
  }

  /** The output of a list in another format than a table. */
  output<K extends string, Row>({ rows, columns }: Rows<K, Row>): ListOutput<Row> {
    const { format } = this;
    if (format === "table") throw new Error("a table is written as a whole");
    const text = listText(format, rows, chosenColumns(columns, this.#options.columns));
    return new ListOutput((sentence) => this.complain(sentence), text);
  }

  /** A name from the command line as the store holds it. */
  storedText(text: string): string {
    return bytesToText(this.#options.escaped ? textToBytes(text) : Buffer.from(text));
  }

  async ask<N extends QuestionName>(name: N, input: Input<N>): Promise<Answer<N>> {
    return this.#from(await this.during("waiting for the answer", () => ask(this.target, name, input)));
  }

  /** Shows on a terminal what takes longer than a second. */
  during<T>(what: string, work: () => Promise<T>): Promise<T> {
    return ProgressLine.during(this.#program.name(), () => what, work);
  }

  /** All pages of a list, from one state of the store. */
  async *pages<N extends ListQuestion>(name: N, input: Input<N>): AsyncGenerator<Answer<N>, void, void> {
    for await (const answered of pages(this.target, name, input)) yield this.#from(answered);
  }

  /** The answer, after noting where it came from. */
  #from<N extends QuestionName>({ answer, source, holdsStore, notice }: Answered<N>): Answer<N> {
    if (notice !== undefined && this.#source === "") this.complain(`${source}, answers: ${notice}`);
    this.#source = source;
    this.#holdsStore = holdsStore;
    return answer;
  }

  /** A client of the collector, for admin operations. */
  async client(): Promise<CollectorClient> {
    return new CollectorClient(await runningServer(this.target));
  }

  /** Prints an answer on stdout and its coverage on stderr. */
  show(answer: Coverage, isFound: boolean, text: () => string): void {
    if (this.format === "csv") throw new OgrtError("INVALID_PARAMETER", "only commands that print a list have --csv");
    if (this.format !== "table" || isFound) this.showResult(answer, text);
    this.explain(answer, isFound);
  }

  /**
   * Prints one page of a list.
   *
   * @param more - says that there are more rows, and how to get them.
   */
  async showList<K extends string, Row>(
    answer: ListAnswer<K, Row>,
    list: Rows<K, Row>,
    more = moreRows(answer, this.page.limit),
  ): Promise<void> {
    const rows = answer[list.rows];
    if (this.format === "table") {
      this.show(answer, rows.length > 0, () => `${this.table(list.columns, rows)}${more}`);
      return;
    }
    const output = this.output(list);
    await output.write(rows, true);
    await output.end(answer);
    this.explain(answer, rows.length > 0);
    if (this.format !== "json") process.stderr.write(more);
  }

  /** A table with the columns that --columns names. */
  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
    return listingTable(chosenColumns(columns, this.#options.columns), rows, this.view);
  }

  /** Says what an answer covers, what it cannot know, and why it may be empty. */
  explain(answer: Coverage, isFound: boolean): void {
    if (!isFound) process.exitCode = EXIT.negative;
    // JSON says all of it.
    if (this.format === "json") return;
    if (!isFound) this.complain(`nothing found in ${this.#source}`);
    const notes = answer.completeness.notes.map((note) => `  ${note}`);
    process.stderr.write(`${lines(notes)}${coverageLine(answer)}`);
  }

  /** Prints the result of an admin operation. */
  showResult(result: object, text: () => string): void {
    printPaged(this.resultText(result, text));
  }

  resultText(result: object, text: () => string): string {
    if (this.format === "ndjson") return `${printableJson(result)}\n`;
    return this.format === "json" ? `${printableJson(result, 2)}\n` : text();
  }
}

/** What is wrong with an argument of the default command, whose name may have been left out. */
function excessSentence(parent: Command, command: Command, excess: string): string {
  if (parent.args[0] === command.name()) return `too many arguments: '${excess}'`;
  const known = parent.commands.map((one) => one.name());
  if (known.includes(excess)) return `the options of '${excess}' must come after its name`;
  return unknownCommand(parent, excess);
}

/** The words that name a command, such as `ogrt-query coverage jobs`. */
const fullName = (command: Command): string =>
  command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;

/** Names the nearest command, or all of a group. */
function unknownCommand(parent: Command, word: string): string {
  const known = parent.commands.map((one) => one.name());
  const nearest = didYouMean(word, [...known, "help"]);
  const all = nearest === "" && parent.parent !== null ? `; '${parent.name()}' has ${known.join(", ")}` : "";
  return `unknown command '${word}'${nearest}${all}`;
}

/** A family of commands, one file each. */
export type CommandFamily = (program: Command, session: Session) => void;
