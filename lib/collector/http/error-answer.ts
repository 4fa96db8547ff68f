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
  const [violation] = validation ?? [];
  if (violation !== undefined) {
    const { additionalProperty, missingProperty } = violation.params;
    const parameter = additionalProperty ?? missingProperty ?? violation.instancePath.slice(1);
    const message = `${parameter || "the body"} ${faultOf(violation)}`;
    return { status: 400, body: { code: "INVALID_PARAMETER", message, parameter } };
  }
  return status < 500 ? { status, body: { code: "BAD_REQUEST", message: error.message } } : internal();
}

type Violation = NonNullable<FastifyError["validation"]>[number];

const FORMATS: Readonly<Record<string, string>> = {
  uuid: "a UUID",
  "date-time": "a time such as 2026-11-22T08:00:00Z",
};

/** How a value violates the OpenAPI file, in words for people who do not know JSON Schema. */
function faultOf({ keyword, params, message = "is invalid" }: Violation): string {
  switch (keyword) {
    case "additionalProperties":
      return "is unknown";
    case "required":
      return "is missing";
    case "enum":
      return `must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`;
    case "minLength":
      return params["limit"] === 1 ? "must not be empty" : message;
    case "type":
      return `must be ${params["type"] === "object" ? "a JSON object" : `one ${params["type"]}`}`;
    case "format":
      return `must be ${FORMATS[`${params["format"]}`] ?? `a ${params["format"]}`}`;
    default:
      return message;
  }
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
