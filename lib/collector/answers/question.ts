import type { Answer, Input, OperationName } from "../../client/index.js";
import type { Connection } from "../database/engine.js";
import type { Naming } from "../frames/json.js";
import type { AnswerSettings } from "./settings.js";

/** What an answer is made from. */
export interface Context {
  /** Of a store whose digest is up to date (database/digest.ts), with the tables of names (name-tables.ts). */
  readonly connection: Connection;
  readonly naming: Naming;
  readonly settings: AnswerSettings;
  /** How many records the digest is behind because it could not be brought up to date. */
  readonly rollupLag: number;
  /** Nanoseconds since the epoch. */
  readonly now: bigint;
}

/** Answers one operation of the OpenAPI file. Its parameters were checked against that file. */
export type Question<N extends OperationName> = (context: Context, input: Input<N>) => Promise<Answer<N>>;
