import { hostname } from "node:os";
import type { FastifyInstance } from "fastify";
import { OgrtError } from "../../errors.js";
import type { RequestAuthentication } from "./authentication.js";
import type { Page } from "./page.js";
import type { Sessions } from "./sessions.js";

/** A link that lets a browser in, once. */
export interface LoginLink {
  readonly url: string;
  /** When it is worth nothing any more, RFC 3339. */
  readonly expires: string;
}

/** Where a browser lands that came in. */
const HOME = "/";

const codeQuery = {
  type: "object",
  properties: { code: { type: "string", minLength: 1, maxLength: 128 } },
  required: ["code"],
  additionalProperties: false,
} as const;

/** @param address - `SCHEME://HOST:PORT` by which the collector was reached. */
export function newLoginLink(sessions: Sessions, address: string): LoginLink {
  const { code, expires } = sessions.newCode();
  // "Any address" is nothing that a browser elsewhere could open.
  const base = address.replace(/(?<=:\/\/)(?:0\.0\.0\.0|\[::\])(?=:)/, hostname());
  return { url: `${base}/login?code=${code}`, expires: expires.toISOString() };
}

/** How browsers get in: with a link that works once, which whoever has the token can ask for. */
export function addLoginRoutes(
  app: FastifyInstance,
  authentication: RequestAuthentication,
  sessions: Sessions,
  page: Page,
): void {
  app.get<{ Querystring: { code: string } }>(
    "/login",
    // Not for HEAD: what looks whether a link is dead would use it up.
    { schema: { querystring: codeQuery }, exposeHeadRoute: false },
    (request, reply) => {
      let session: string;
      try {
        session = authentication.enter(request.query.code, request.raw);
      } catch (error) {
        // People get the page, which says how to come by another link.
        const isRefused = error instanceof OgrtError && error.code === "TOKEN_REQUIRED";
        if (isRefused && request.headers.accept?.includes("text/html")) return page.send(request, reply.code(401));
        throw error;
      }
      return reply.header("set-cookie", authentication.cookie.setting(session)).redirect(HOME, 303);
    },
  );

  // With the token only: a session that can ask for links never has to end.
  app.post(
    "/api/v1/login-links",
    { onRequest: async ({ raw }) => authentication.checkToken(raw, "token") },
    ({ protocol, host }) => newLoginLink(sessions, `${protocol}://${host}`),
  );
}
