/*
 * What options of an output may be: JSON Schema (draft 2020-12), of it the few keywords that a flat table needs.
 */

/** An option. `description` is one line for documentation. */
export type OptionSchema = { readonly description: string } & (
  | {
      readonly type: "string";
      readonly enum?: readonly string[];
      readonly pattern?: string;
      readonly minLength?: number;
      readonly format?: "uri";
      readonly default?: string;
    }
  | { readonly type: "integer"; readonly minimum: number; readonly maximum: number; readonly default?: number }
  | { readonly type: "boolean"; readonly default?: boolean }
);

export interface OptionsSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, OptionSchema>>;
  readonly required: readonly string[];
}

/** What is wrong with an option in the company of the others. */
export type OptionFault = readonly [key: string, sentence: string] | undefined;
