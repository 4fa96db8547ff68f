import { ERRORS, type ErrorCode, OgrtError } from "../errors.js";

/** Body of an answer that reports an error. Something other than a collector may answer anything. */
export interface Refusal {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly parameter?: string | undefined;
}

/** The collector's own error when this release knows its code, otherwise COLLECTOR_REFUSED. */
export function refusalError(url: string, status: number, refusal: Refusal | null): OgrtError {
  const { code = "", message = "without a reason", parameter } = refusal ?? {};
  if (isServerCode(code)) return new OgrtError(code, message, { value: parameter });
  return new OgrtError("COLLECTOR_REFUSED", `${url} answered ${status} ${code}: ${message}`, { value: code });
}

/** A collector answers only codes that have an HTTP status. */
function isServerCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code) && "status" in ERRORS[code as ErrorCode];
}
