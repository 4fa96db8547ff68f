import type { Answer, Input, OperationName } from "../../client/index.js";
import type { Connection } from "../database/engine.js";
import type { Naming } from "../frames/json.js";
import type { AnswerSettings } from "./settings.js";
import type { Span } from "./span.js";

/** What questions are answered from. */
export interface Context {
  /** Connects to a store whose rollup is up to date, and has the tables of name-tables.ts. */
  readonly connection: Connection;
  readonly naming: Naming;
  readonly settings: AnswerSettings;
  /** Number of records that the rollup lags behind because it could not be brought up to date. */
  readonly rollupLag: number;
  /** Nanoseconds since the epoch. */
  readonly now: bigint;
}

/** An answer before registry.ts adds its span and completeness. */
export type Answered<N extends OperationName> = Omit<Answer<N>, "span" | "completeness"> & {
  /** The time that the answer is about. */
  readonly covers: Span;
  /** Sentences for a reader who would mistake what was found, or that nothing was (notes.ts). */
  readonly notes?: readonly string[];
};

/** Answers one operation of the OpenAPI file, which its parameters were checked against. */
export type Question<N extends OperationName> = (context: Context, input: Input<N>) => Promise<Answered<N>>;
