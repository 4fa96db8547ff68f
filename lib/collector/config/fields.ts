import { didYouMean } from "../../shared/suggestion.js";
import type { Table } from "./document.js";
import type { Kind, Written } from "./kinds.js";
import { mistake, readAll } from "./mistakes.js";

/** A value under a key: a setting of the collector, or an option of an output. */
export interface Field {
  readonly kind: Kind<unknown>;
  /** One line for `--help`, without a full stop. */
  readonly help: string;
  /** Sentences that follow it in documentation. */
  readonly more?: string;
  /** The default. */
  readonly initial?: unknown;
  /** The default in words, where it depends on the machine or is no value. */
  readonly initialText?: string;
  readonly isRequired?: true;
}

export type Fields = Readonly<Record<string, Field>>;

/** A field that always has a value. */
export const field = <T, const D extends Omit<Field, "kind">>(kind: Kind<T>, rest: D & { initial: NoInfer<T> }) => ({
  kind,
  ...rest,
});

/** A field that may have no value. */
export const optional = <T, const D extends Omit<Field, "kind">>(kind: Kind<T>, rest: D) => ({
  kind: kind as Kind<T | undefined>,
  ...rest,
});

/** A field that must be given. */
export const required = <T, const D extends Omit<Field, "kind">>(kind: Kind<T>, rest: D) => ({
  kind,
  isRequired: true as const,
  ...rest,
});

type ValueOf<F> = F extends { readonly kind: Kind<infer T> } ? T : never;
type OptionalName<F> = { [N in keyof F]: undefined extends ValueOf<F[N]> ? N : never }[keyof F];

/** The values of fields, by name. */
export type Values<F> = { readonly [N in Exclude<keyof F, OptionalName<F>>]: ValueOf<F[N]> } & {
  readonly [N in OptionalName<F>]?: ValueOf<F[N]>;
};

/**
 * Reads a table of a file whose keys are the names of fields.
 *
 * @param table - under the key `inside`, on a line.
 * @throws {@link Mistakes}
 */
export function readFields<F extends Fields>(fields: F, table: Table, line: number, inside: string): Values<F> {
  const names = new Set([...table.keys(), ...Object.keys(fields)]);
  const entries = readAll(names, (name) => {
    const key = `${inside}.${name}`;
    const value = table.get(name);
    if (!Object.hasOwn(fields, name)) {
      throw mistake(value?.line ?? line, key, `there is no such setting${didYouMean(name, Object.keys(fields))}`);
    }
    const { kind, initial, isRequired } = fields[name] as Field;
    if (value !== undefined) return [name, kind.check(value, key)];
    if (isRequired) throw mistake(line, key, "is missing");
    return [name, initial];
  });
  return Object.fromEntries(entries);
}

/** The value of a field as it stands in a file; undefined if it has none. */
export const written = ({ kind }: Field, value: unknown): Written | readonly Written[] | undefined =>
  value === undefined ? undefined : kind.write(value);

/** A value that contradicts others: its key, and a sentence. */
export type Conflict = readonly [key: string, sentence: string] | undefined;

/** Two values that need each other. */
export function bothOrNeither(values: Readonly<Record<string, unknown>>): Conflict {
  const keys = Object.keys(values);
  const missing = keys.find((key) => values[key] === undefined);
  const given = keys.find((key) => values[key] !== undefined);
  return missing === undefined || given === undefined ? undefined : [missing, `is needed by ${given}`];
}
