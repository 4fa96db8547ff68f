import type { FastifyInstance } from "fastify";
import { OgrtError } from "../../errors.js";
import type { RequestAuthentication } from "./authentication.js";
import type { SendPage } from "./page.js";
import type { Sessions } from "./sessions.js";

/** A link that signs a browser in, once. */
export interface LoginLink {
  readonly url: string;
  /** Expiry, RFC 3339. */
  readonly expires: string;
}

const codeQuery = {
  type: "object",
  properties: { code: { type: "string", minLength: 1, maxLength: 128 } },
  required: ["code"],
  additionalProperties: false,
} as const;

/** @param address - `SCHEME://HOST:PORT` of the collector, as a browser reaches it. */
export function newLoginLink(sessions: Sessions, address: string): LoginLink {
  const { code, expires } = sessions.newCode();
  return { url: `${address}/login?code=${code}`, expires: expires.toISOString() };
}

/**
 * Signs browsers in with links that work once. A client with the token can request such links.
 *
 * @param publicAddressOf - see public-address.ts.
 */
export function addLoginRoutes(
  app: FastifyInstance,
  authentication: RequestAuthentication,
  sessions: Sessions,
  sendPage: SendPage,
  publicAddressOf: (address: string) => string,
): void {
  app.get<{ Querystring: { code: string } }>(
    "/login",
    // Without HEAD: a program that checks whether the link is alive would use it up.
    { schema: { querystring: codeQuery }, exposeHeadRoute: false },
    (request, reply) => {
      let session: string;
      try {
        session = authentication.logIn(request.query.code, request.raw);
      } catch (error) {
        // A browser gets the page, which says how to get another link.
        const isRefused = error instanceof OgrtError && error.code === "TOKEN_REQUIRED";
        if (isRefused && request.headers.accept?.includes("text/html")) return sendPage(request, reply.code(401));
        throw error;
      }
      return reply.header("set-cookie", authentication.cookie.setting(session)).redirect("/", 303);
    },
  );

  // Only with the token: a session that can make links could renew itself forever.
  app.post(
    "/api/v1/login-links",
    { onRequest: async ({ raw }) => authentication.checkToken(raw, "token") },
    ({ protocol, host }) => newLoginLink(sessions, publicAddressOf(`${protocol}://${host}`)),
  );
}
