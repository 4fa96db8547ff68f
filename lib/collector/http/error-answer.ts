import type { FastifyError } from "fastify";
import { ERRORS, type ErrorDescription, OgrtError } from "../../errors.js";
import type { LogEvent } from "../log/log.js";

/** An HTTP answer that reports an error. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly code: string; readonly message: string; readonly parameter?: unknown };
}

/**
 * Converts an error to an answer, and logs it when it is a fault of the collector.
 *
 * @param route - of the request. Not its URL: that may hold a login code, or what senders claim.
 */
export function answerError(error: Error, route: string | undefined, log: LogEvent): ErrorAnswer {
  const { status, body } = describe(error);
  if (status === 500) log("request-failed", error.message, { route, stack: error.stack });
  return { status, headers: headersOf(status, body.code), body };
}

function describe(error: Error): Omit<ErrorAnswer, "headers"> {
  if (error instanceof OgrtError) {
    const { code, message, value } = error;
    const { status }: ErrorDescription = ERRORS[code];
    if (status === undefined) return internal();
    return { status, body: { code, message, ...(code === "INVALID_PARAMETER" && { parameter: value }) } };
  }
  const { validation, statusCode: status = 500 } = error as FastifyError;
  if (validation !== undefined) {
    const [problem] = validation;
    const { additionalProperty, missingProperty } = problem?.params ?? {};
    const parameter = additionalProperty ?? missingProperty ?? problem?.instancePath.slice(1);
    const fault = additionalProperty !== undefined ? "is unknown" : problem?.message;
    return { status: 400, body: { code: "INVALID_PARAMETER", message: `${parameter} ${fault}`, parameter } };
  }
  return status < 500 ? { status, body: { code: "BAD_REQUEST", message: error.message } } : internal();
}

/** Details of a fault of the collector are for its log, not for the client. */
function internal(): Omit<ErrorAnswer, "headers"> {
  return { status: 500, body: { code: "INTERNAL", message: ERRORS.INTERNAL.meaning } };
}

function headersOf(status: number, code: string): Record<string, string> {
  // A client that guesses tokens needs a new connection for each attempt.
  if (status === 429) return { connection: "close", "retry-after": "1" };
  return code === "ANSWER_NOT_READY" ? { "retry-after": "10" } : {};
}
