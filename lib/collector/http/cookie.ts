import { createHash } from "node:crypto";
import { SESSION_LIFE } from "./sessions.js";

/**
 * The session's cookie. Browsers keep cookies by host name, not by port: the name differs by collector (by its token),
 * so that several behind one name don't take each other's place.
 */
export class SessionCookie {
  readonly #name: string;
  readonly #attributes: string;

  /** @param secure - served over TLS; the prefix then lets nobody set it without TLS or from a sibling name (RFC 6265bis 4.1.3). */
  constructor(token: string, secure: boolean) {
    const suffix = createHash("sha256").update(`ogrt-collector:cookie:${token}`).digest("hex").slice(0, 8);
    this.#name = `${secure ? "__Host-" : ""}ogrt_session_${suffix}`;
    this.#attributes = `Path=/; Max-Age=${SESSION_LIFE / 1000}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
  }

  /** Value of a Set-Cookie header. */
  setting(session: string): string {
    return `${this.#name}=${session}; ${this.#attributes}`;
  }

  /** The session that a Cookie header names. */
  read(header: string | undefined): string | undefined {
    for (const pair of (header ?? "").split(";")) {
      const at = pair.indexOf("=");
      if (pair.slice(0, at).trim() === this.#name) return pair.slice(at + 1).trim();
    }
    return undefined;
  }
}
