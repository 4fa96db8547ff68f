import { type ErrorCode, OgrtError } from "../errors.js";
import type { Limits } from "./limits.js";

/** Steps of making an error, with its stack. */
const PROBLEM_STEPS = 64;

/** What an error about a file needs: its name, and the budget that pays for it. */
export interface Named {
  readonly path?: string;
  readonly budget?: { work(steps: number, source: Named, offset: number): void };
}

/** An error about the content of a file. Making it is charged: a file can have one for every few bytes. */
export function problem(
  code: ErrorCode,
  source: Named,
  offset: number,
  value: number | bigint | string | undefined,
  sentence: string,
): OgrtError {
  source.budget?.work(PROBLEM_STEPS, source, offset);
  return new OgrtError(code, sentence, { path: source.path, offset, value });
}

/** The error for an impossible value in an ELF file. `offset` is the value's offset in the file. */
export const malformed = (source: Named, offset: number, value: number | bigint, sentence: string): OgrtError =>
  problem("MALFORMED_ELF", source, offset, value, `malformed ELF at offset ${hex(offset)}: ${sentence}`);

/** The error for a file that exceeds a limit. */
export function exceeded(
  source: Named,
  offset: number,
  value: number,
  name: keyof Limits,
  maximum: number,
  what: string,
): OgrtError {
  return new OgrtError("LIMIT_EXCEEDED", `${what} at offset ${hex(offset)}: over ${name} (${maximum})`, {
    path: source.path,
    offset,
    value,
  });
}

const hex = (offset: number): string => `0x${offset.toString(16)}`;
