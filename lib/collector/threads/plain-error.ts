import { type ErrorCode, OgrtError } from "../../errors.js";

/** An error in the form in which it crosses threads: structured cloning does not keep classes. */
export interface PlainError {
  readonly code: ErrorCode | undefined;
  readonly message: string;
  readonly value: string | undefined;
}

export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof OgrtError)) {
    return { code: undefined, message: error instanceof Error ? error.message : String(error), value: undefined };
  }
  const { code, message, value } = error;
  return { code, message, value: typeof value === "string" ? value : undefined };
}

export function fromPlainError({ code, message, value }: PlainError): Error {
  return code === undefined ? new Error(message) : new OgrtError(code, message, { value });
}
