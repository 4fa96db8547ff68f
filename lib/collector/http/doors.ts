import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { hostname } from "node:os";
import { OgrtError } from "../../errors.js";
import { SessionCookie } from "./cookie.js";
import { isEqual } from "./secret.js";
import type { Sessions } from "./sessions.js";

/*
 * Who may ask. A loopback port is open to every user of the machine, so a token is always needed; and every browser on
 * the machine can be made to send requests to it, so Host and Origin must be ours.
 */

/** What a request must carry. */
export class Doors {
  readonly cookie: SessionCookie;
  readonly #token: string;
  readonly #sessions: Sessions;
  readonly #ownNames: ReadonlySet<string>;

  /** @param names - by which clients may call this host, besides its own. */
  constructor(token: string, sessions: Sessions, names: readonly string[] = []) {
    this.cookie = new SessionCookie(token, false);
    this.#token = token;
    this.#sessions = sessions;
    this.#ownNames = new Set(["localhost", hostname(), ...names].map((name) => name.toLowerCase()));
  }

  /** @throws {@link OgrtError} HOST_REFUSED or ORIGIN_REFUSED. For every request, also those that need no token. */
  checkSource({ headers }: IncomingMessage): void {
    const { host, origin } = headers;
    if (host === undefined || !this.#isOwnHost(host)) {
      throw new OgrtError("HOST_REFUSED", "the Host header must be an IP address or a name of this host", {
        value: host,
      });
    }
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
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
   * @throws {@link OgrtError} TOKEN_REQUIRED.
   */
  checkToken({ headers }: IncomingMessage, kind: "token" | "any" = "any"): void {
    const [, token] = /^bearer +([^ ]+)$/i.exec(headers.authorization ?? "") ?? [];
    if (token !== undefined && isEqual(token, this.#token)) return;
    const session = this.cookie.read(headers.cookie);
    if (kind === "any" && session !== undefined && this.#sessions.isOpen(session)) return;
    throw new OgrtError("TOKEN_REQUIRED", "a token is needed: Authorization: Bearer, with the data directory's token");
  }
}
