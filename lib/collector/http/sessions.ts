import { randomBytes } from "node:crypto";
import { isEqual } from "./secret.js";

export const COOKIE = "ogrt_session";
/** A login code is worth nothing after this time, in milliseconds. */
const CODE_LIFE = 15 * 60 * 1000;
const SESSION_LIFE = 12 * 60 * 60 * 1000;
const SESSION_LIMIT = 100;

/** Browsers that came in with the one-time code of the link which the start-up prints. */
export class Sessions {
  #code: { value: string; expires: number } | undefined;
  readonly #sessions = new Map<string, number>();

  /** A fresh code; the one before is worth nothing any more. */
  newCode(): string {
    const value = randomBytes(24).toString("base64url");
    this.#code = { value, expires: Date.now() + CODE_LIFE };
    return value;
  }

  /** Changes the code for a session, once. */
  open(code: string): string | undefined {
    const expected = this.#code;
    if (expected === undefined || expected.expires < Date.now() || !isEqual(code, expected.value)) return undefined;
    this.#code = undefined;
    const session = randomBytes(32).toString("base64url");
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= SESSION_LIMIT && oldest !== undefined) this.#sessions.delete(oldest);
    this.#sessions.set(session, Date.now() + SESSION_LIFE);
    return session;
  }

  isOpen(session: string): boolean {
    // Sessions are 256 random bits: a hash map's timing gives none of them away.
    const expires = this.#sessions.get(session);
    if (expires !== undefined && expires > Date.now()) return true;
    this.#sessions.delete(session);
    return false;
  }
}
