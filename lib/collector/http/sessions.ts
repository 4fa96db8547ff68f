import { randomBytes } from "node:crypto";

const LOGIN_CODE_LIFETIME_MS = 15 * 60 * 1000;
const MAX_LOGIN_CODES = 16;
export const SESSION_LIFETIME_MS = 12 * 60 * 60 * 1000;
const MAX_SESSIONS = 100;

/**
 * Sessions of browsers. A browser opens one with a login code, which the collector prints at start or makes on request.
 */
export class Sessions {
  readonly #codes = new ExpiringSet(LOGIN_CODE_LIFETIME_MS, MAX_LOGIN_CODES);
  readonly #sessions = new ExpiringSet(SESSION_LIFETIME_MS, MAX_SESSIONS);

  newCode(): { code: string; expires: Date } {
    return { code: this.#codes.add(), expires: new Date(Date.now() + LOGIN_CODE_LIFETIME_MS) };
  }

  /** Exchanges a login code for a session. A code works once. */
  open(code: string): string | undefined {
    return this.#codes.take(code) ? this.#sessions.add() : undefined;
  }

  isOpen(session: string): boolean {
    return this.#sessions.has(session);
  }
}

/**
 * Secrets that expire. Each has 256 random bits, and the hash map's seed is random, so the timing of a lookup reveals
 * no secret.
 */
class ExpiringSet {
  readonly #lifetimeMs: number;
  readonly #maxSecrets: number;
  /** Expiry of each by performance.now(), so that changes of the system clock extend none. Oldest first. */
  readonly #expiries = new Map<string, number>();

  constructor(lifetimeMs: number, maxSecrets: number) {
    this.#lifetimeMs = lifetimeMs;
    this.#maxSecrets = maxSecrets;
  }

  /** Makes a secret; removes the oldest one when the set is full. */
  add(): string {
    const [oldest] = this.#expiries.keys();
    if (this.#expiries.size >= this.#maxSecrets && oldest !== undefined) this.#expiries.delete(oldest);
    const secret = randomBytes(32).toString("base64url");
    this.#expiries.set(secret, performance.now() + this.#lifetimeMs);
    return secret;
  }

  has(secret: string): boolean {
    const expiry = this.#expiries.get(secret);
    if (expiry !== undefined && expiry > performance.now()) return true;
    this.#expiries.delete(secret);
    return false;
  }

  /** Removes a secret; returns whether it was valid. */
  take(secret: string): boolean {
    const wasValid = this.has(secret);
    this.#expiries.delete(secret);
    return wasValid;
  }
}
