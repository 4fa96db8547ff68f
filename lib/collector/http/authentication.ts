import type { IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";
import { hostname } from "node:os";
import { OgrtError } from "../../errors.js";
import { senderOf } from "../limits/sender.js";
import { Senders } from "../limits/senders.js";
import { SessionCookie } from "./cookie.js";
import { isEqual } from "./secret.js";
import type { Sessions } from "./sessions.js";
import { UnauthenticatedConnections } from "./unauthenticated.js";

/*
 * Request authentication. Every user of the machine can connect to a loopback port, so a token is always required.
 * Every browser on the machine can be made to send requests to it, so Host and Origin must name this host.
 */

/** Wrong tokens and login codes per address that get the answer TOKEN_REQUIRED; further ones get TOO_MANY_ATTEMPTS. */
const WRONG_ATTEMPTS_RATE = { perSecond: 1, burst: 30 };

export interface AuthenticationOptions {
  readonly token: string;
  readonly sessions: Sessions;
  /** Names by which clients may call this host, besides its own. */
  readonly names: readonly string[];
  /** Whether the server uses TLS. */
  readonly secure: boolean;
  /** Connections that the server may have. */
  readonly maxConnections: number;
}

/** The checks that a request must pass. */
export class RequestAuthentication {
  readonly unauthenticated: UnauthenticatedConnections;
  readonly cookie: SessionCookie;
  readonly #token: string;
  readonly #sessions: Sessions;
  readonly #ownNames: ReadonlySet<string>;
  readonly #ownSchemes: readonly string[];
  readonly #wrongAttempts = new Senders(WRONG_ATTEMPTS_RATE);

  constructor({ token, sessions, names, secure, maxConnections }: AuthenticationOptions) {
    this.unauthenticated = new UnauthenticatedConnections(maxConnections);
    this.cookie = new SessionCookie(token, secure);
    this.#token = token;
    this.#sessions = sessions;
    this.#ownNames = new Set(["localhost", hostname(), ...names].map((name) => name.toLowerCase()));
    // Without TLS here, a proxy may add it. With TLS here, an attacker on the network could serve pages over http.
    this.#ownSchemes = secure ? ["https"] : ["http", "https"];
  }

  /**
   * Checks Host and Origin. Applies to every request, also to those that need no token.
   *
   * @throws {@link OgrtError} HOST_REFUSED or ORIGIN_REFUSED.
   */
  checkSource({ url = "", headers, rawHeaders }: IncomingMessage): void {
    const { host, origin } = headers;
    // Node takes the first of several Host headers; a proxy may have taken another (RFC 9112 section 3.2).
    const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
    if (host === undefined || hosts.length !== 1 || !this.#isOwnHost(host)) {
      const sentence = "the Host header must be an IP address or a name of this host";
      throw new OgrtError("HOST_REFUSED", sentence, { value: host });
    }
    // The host of an absolute target would take precedence over the header.
    if (!url.startsWith("/"))
      throw new OgrtError("HOST_REFUSED", "the request's target must be a path", { value: url });
    if (origin !== undefined && !this.#ownSchemes.some((scheme) => origin === `${scheme}://${host}`)) {
      throw new OgrtError("ORIGIN_REFUSED", `requests from ${origin} are refused`, { value: origin });
    }
  }

  /**
   * Prevents DNS rebinding, where an attacker's name is made to resolve to this host: that name is not one of ours, and
   * an IP address does not resolve.
   */
  #isOwnHost(header: string): boolean {
    const match = /^(?:\[([\da-f:.]+)\]|([^:]+))(?::\d{1,5})?$/i.exec(header);
    if (match === null) return false;
    const [, v6, name = ""] = match;
    if (v6 !== undefined) return isIP(v6) === 6;
    return isIP(name) === 4 || this.#ownNames.has(name.toLowerCase());
  }

  /**
   * @param accepted - `token` accepts only the token, `any` also a browser's session.
   * @throws {@link OgrtError} TOKEN_REQUIRED or TOO_MANY_ATTEMPTS.
   */
  checkToken({ headers, socket }: IncomingMessage, accepted: "token" | "any" = "any"): void {
    const [, token] = /^bearer +([^ ]+)$/i.exec(headers.authorization ?? "") ?? [];
    const session = accepted === "any" ? this.cookie.read(headers.cookie) : undefined;
    const isValid =
      (token !== undefined && isEqual(token, this.#token)) || (session !== undefined && this.#sessions.isOpen(session));
    if (isValid) {
      this.unauthenticated.remove(socket);
      return;
    }
    if (token !== undefined || session !== undefined) throw this.#wrongAttempt(socket, "the token is wrong");
    const sentence = "a token is required: send Authorization: Bearer with the token in the data directory";
    throw new OgrtError("TOKEN_REQUIRED", sentence);
  }

  /**
   * Exchanges a login code for a session.
   *
   * @throws {@link OgrtError} TOKEN_REQUIRED or TOO_MANY_ATTEMPTS.
   */
  logIn(code: string, { socket }: IncomingMessage): string {
    const session = this.#sessions.open(code);
    if (session === undefined) throw this.#wrongAttempt(socket, "the login code has been used or has expired");
    return session;
  }

  /** Wrong tokens are rate limited; the right token always works, so an attacker cannot lock anyone out. */
  #wrongAttempt({ remoteAddress = "" }: Socket, sentence: string): OgrtError {
    if (this.#wrongAttempts.take(senderOf(remoteAddress))) return new OgrtError("TOKEN_REQUIRED", sentence);
    return new OgrtError("TOO_MANY_ATTEMPTS", "too many wrong tokens from this address");
  }
}
