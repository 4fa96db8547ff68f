import type { IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";
import { hostname } from "node:os";
import { OgrtError } from "../../errors.js";
import { senderOf } from "../limits/sender.js";
import { SenderRates } from "../limits/sender-rates.js";
import { SessionCookie } from "./cookie.js";
import { isEqual } from "./secret.js";
import type { Sessions } from "./sessions.js";
import { UnauthenticatedConnections } from "./unauthenticated.js";

/*
 * Who may ask. A loopback port is open to every user of the machine, so a token is always needed; and every browser on
 * the machine can be made to send requests to it, so Host and Origin must be ours.
 */

/** Subscribers that all come back at once after a restart are no unauthenticated for long. */
const UNAUTHENTICATED = { patient: 512, patience: 2000, all: 2048 };
/** Wrong tokens and codes from one address that are answered as such. */
const WRONG_RATE = { perSecond: 1, burst: 30 };

export interface AuthenticationOptions {
  readonly token: string;
  readonly sessions: Sessions;
  /** By which clients may call this host, besides its own. */
  readonly names: readonly string[];
  /** Served over TLS. */
  readonly secure: boolean;
}

/** What a request must carry. */
export class RequestAuthentication {
  readonly unauthenticated = new UnauthenticatedConnections(UNAUTHENTICATED);
  readonly cookie: SessionCookie;
  readonly #token: string;
  readonly #sessions: Sessions;
  readonly #ownNames: ReadonlySet<string>;
  readonly #ownSchemes: readonly string[];
  readonly #wrong = new SenderRates(WRONG_RATE);

  constructor({ token, sessions, names, secure }: AuthenticationOptions) {
    this.cookie = new SessionCookie(token, secure);
    this.#token = token;
    this.#sessions = sessions;
    this.#ownNames = new Set(["localhost", hostname(), ...names].map((name) => name.toLowerCase()));
    // Without TLS of our own there may be a proxy's. With it, whoever is on the wire could serve pages without it.
    this.#ownSchemes = secure ? ["https"] : ["http", "https"];
  }

  /** @throws {@link OgrtError} HOST_REFUSED or ORIGIN_REFUSED. For every request, also those that need no token. */
  checkSource({ url = "", headers, rawHeaders }: IncomingMessage): void {
    const { host, origin } = headers;
    // Node takes the first of several; what stands before us may have taken another (RFC 9112 section 3.2).
    const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
    if (host === undefined || hosts.length !== 1 || !this.#isOwnHost(host)) {
      throw new OgrtError("HOST_REFUSED", "the Host header must be an IP address or a name of this host", {
        value: host,
      });
    }
    // A target with a host of its own would overrule the header.
    if (!url.startsWith("/"))
      throw new OgrtError("HOST_REFUSED", "the request's target must be a path", { value: url });
    if (origin !== undefined && !this.#ownSchemes.some((scheme) => origin === `${scheme}://${host}`)) {
      throw new OgrtError("ORIGIN_REFUSED", `requests from ${origin} are not answered`, { value: origin });
    }
  }

  /**
   * Against DNS rebinding, where a site's own name is made to point here: such a name is not one of ours, while an
   * address in figures can't be made to point anywhere.
   */
  #isOwnHost(header: string): boolean {
    const match = /^(?:\[([\da-f:.]+)\]|([^:]+))(?::\d{1,5})?$/i.exec(header);
    if (match === null) return false;
    const [, v6, name = ""] = match;
    if (v6 !== undefined) return isIP(v6) === 6;
    return isIP(name) === 4 || this.#ownNames.has(name.toLowerCase());
  }

  /**
   * @param kind - what opens the door: `token` is the token itself, `any` also the session of a browser.
   * @throws {@link OgrtError} TOKEN_REQUIRED or TOO_MANY_ATTEMPTS.
   */
  checkToken({ headers, socket }: IncomingMessage, kind: "token" | "any" = "any"): void {
    const [, token] = /^bearer +([^ ]+)$/i.exec(headers.authorization ?? "") ?? [];
    const session = kind === "any" ? this.cookie.read(headers.cookie) : undefined;
    const isRight =
      (token !== undefined && isEqual(token, this.#token)) || (session !== undefined && this.#sessions.isOpen(session));
    if (isRight) {
      this.unauthenticated.known(socket);
      return;
    }
    const isGuess = token !== undefined || session !== undefined;
    throw isGuess ? this.#wrongGuess(socket, "a wrong token") : missing();
  }

  /**
   * Changes a login code for a session.
   *
   * @throws {@link OgrtError} TOKEN_REQUIRED or TOO_MANY_ATTEMPTS.
   */
  enter(code: string, { socket }: IncomingMessage): string {
    const session = this.#sessions.open(code);
    if (session === undefined) throw this.#wrongGuess(socket, "the code was used before or is too old");
    return session;
  }

  /** Who guesses is slowed down; who has the token is let in all the same, or anybody could lock out everybody. */
  #wrongGuess({ remoteAddress = "" }: Socket, sentence: string): OgrtError {
    if (this.#wrong.take(senderOf(remoteAddress))) return new OgrtError("TOKEN_REQUIRED", sentence);
    return new OgrtError("TOO_MANY_ATTEMPTS", "too many wrong tokens from this address");
  }
}

const missing = () =>
  new OgrtError("TOKEN_REQUIRED", "a token is needed: Authorization: Bearer, with the data directory's token");
