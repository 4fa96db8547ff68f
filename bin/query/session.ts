import type { Command } from "commander";
import type { Answer, CollectorClient, Input } from "../../lib/client/index.js";
import type { QuestionName } from "../../lib/collector/answers/registry.js";
import { ask, runningClient, type Target } from "../../lib/collector/query-target/target.js";
import { bytesToText } from "../../lib/text/escape.js";
import { type CommonOptions, targetOf } from "./options.js";
import type { Format } from "./output.js";

/** Options whose values the store holds as reversible text. */
const NAME_OPTIONS = ["job", "user", "host"];

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

  get format(): Format {
    const { json, csv } = this.#options;
    return json ? "json" : csv ? "csv" : "table";
  }

  ask<N extends QuestionName>(name: N, input: Input<N>): Promise<Answer<N>> {
    return ask(this.target, name, input);
  }

  /** The collector itself, for admin operations. */
  client(): Promise<CollectorClient> {
    return runningClient(this.target);
  }

  get page(): { limit: number; cursor?: string } {
    const { limit, cursor } = this.#options;
    return { limit, ...(cursor !== undefined && { cursor }) };
  }

  /** A name from the command line as the store holds it. */
  storedText(text: string): string {
    return this.#options.escaped ? text : bytesToText(Buffer.from(text));
  }

  /** Options of a command as parameters of a question: its names as the store holds them. */
  parameters<O extends object>(options: O): O {
    const entries = Object.entries(options).map(([name, value]) => [
      name,
      NAME_OPTIONS.includes(name) ? this.storedText(value as string) : value,
    ]);
    return Object.fromEntries(entries) as O;
  }
}

/** A family of commands, one file each. */
export type CommandFamily = (program: Command, session: Session) => void;
