import type { Command, Option } from "commander";
import type { Answer, Input } from "../../lib/client/index.js";
import type { QuestionName } from "../../lib/collector/answers/registry.js";
import { examples } from "../shared/program.js";
import type { Column } from "./listing.js";
import { type Coverage, showList } from "./output.js";
import type { Session } from "./session.js";

/** A command that asks one question and prints the list in its answer. */
interface ListCommand<N extends QuestionName, K extends keyof Answer<N>> {
  readonly description: string;
  readonly options: readonly Option[];
  readonly examples?: readonly string[];
  readonly question: N;
  /** The member of the answer that is the list. */
  readonly rows: K;
  readonly columns: readonly Column<Row<Answer<N>[K]>>[];
  /** Comments on the answer after the list. */
  readonly after?: (answer: Answer<N>) => void;
  readonly isDefault?: boolean;
}

type Row<List> = List extends readonly (infer R)[] ? R : never;

export function addListCommand<N extends QuestionName, K extends keyof Answer<N>>(
  parent: Command,
  session: Session,
  name: string,
  { question, rows, columns, after, isDefault = false, ...text }: ListCommand<N, K>,
): void {
  const command = parent.command(name, { isDefault }).description(text.description);
  for (const option of text.options) command.addOption(option);
  if (text.examples !== undefined) examples(command, ...text.examples);
  command.action(async (options: object) => {
    const answer = await session.ask(question, { ...session.parameters(options), ...session.page } as Input<N>);
    showList(session.format, answer as Coverage, answer[rows] as readonly Row<Answer<N>[K]>[], columns);
    after?.(answer);
  });
}
