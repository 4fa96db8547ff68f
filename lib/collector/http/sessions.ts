import { randomBytes } from "node:crypto";

/** A login code is worth nothing after this time, in milliseconds. */
const CODE_LIFE = 15 * 60 * 1000;
const CODE_LIMIT = 16;
/** So long a browser stays in, in milliseconds. */
export const SESSION_LIFE = 12 * 60 * 60 * 1000;
const SESSION_LIMIT = 100;

/** Browsers that came in with a one-time code: of the link that the start-up prints, or of one asked for later. */
export class Sessions {
  readonly #codes = new ExpiringSet(CODE_LIFE, CODE_LIMIT);
  readonly #sessions = new ExpiringSet(SESSION_LIFE, SESSION_LIMIT);

  /** A fresh code, and when it is worth nothing any more. */
  newCode(): { code: string; expires: Date } {
    return { code: this.#codes.add(), expires: new Date(Date.now() + CODE_LIFE) };
  }

  /** Changes a code for a session, once. */
  open(code: string): string | undefined {
    return this.#codes.take(code) ? this.#sessions.add() : undefined;
  }

  isOpen(session: string): boolean {
    return this.#sessions.has(session);
  }
}

/**
 * Secrets that are good for a time. They are 256 random bits, so the timing of a hash map, whose seed is random too, gives
 * none of them away.
 */
class ExpiringSet {
  readonly #life: number;
  readonly #limit: number;
  /** When each ends, by performance.now(): a clock that somebody sets prolongs nothing. Oldest first. */
  readonly #ends = new Map<string, number>();

  constructor(life: number, limit: number) {
    this.#life = life;
    this.#limit = limit;
  }

  /** A new one; when there are too many, the oldest ends for it. */
  add(): string {
    const [oldest] = this.#ends.keys();
    if (this.#ends.size >= this.#limit && oldest !== undefined) this.#ends.delete(oldest);
    const secret = randomBytes(32).toString("base64url");
    this.#ends.set(secret, performance.now() + this.#life);
    return secret;
  }

  has(secret: string): boolean {
    const end = this.#ends.get(secret);
    if (end !== undefined && end > performance.now()) return true;
    this.#ends.delete(secret);
    return false;
  }

  /** The same, and ends it. */
  take(secret: string): boolean {
    const had = this.has(secret);
    this.#ends.delete(secret);
    return had;
  }
}
