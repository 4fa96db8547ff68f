import { createHash } from "node:crypto";
import { SESSION_LIFETIME_MS } from "./sessions.js";

/**
 * The session cookie. Browsers keep cookies by host name, without the port, so the name depends on the collector's
 * token: collectors behind one host name do not overwrite each other's cookies.
 */
export class SessionCookie {
  readonly #name: string;
  readonly #attributes: string;

  /**
   * @param secure - whether the server uses TLS; the name then has a prefix that only a secure page of this host can
   * set (RFC 6265bis section 4.1.3).
   */
  constructor(token: string, secure: boolean) {
    const suffix = createHash("sha256").update(`ogrt-collector:cookie:${token}`).digest("hex").slice(0, 8);
    const maxAge = SESSION_LIFETIME_MS / 1000;
    this.#name = `${secure ? "__Host-" : ""}ogrt_session_${suffix}`;
    this.#attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
  }

  /** Value of a Set-Cookie header. */
  setting(session: string): string {
    return `${this.#name}=${session}; ${this.#attributes}`;
  }

  /** The session in a Cookie header. */
  read(header: string | undefined): string | undefined {
    for (const pair of (header ?? "").split(";")) {
      const at = pair.indexOf("=");
      if (pair.slice(0, at).trim() === this.#name) return pair.slice(at + 1).trim();
    }
    return undefined;
  }
}
