import type { Server as TlsServer } from "node:tls";
import type { FastifyError, FastifyInstance } from "fastify";
import { OgrtError } from "../../errors.js";
import type { LogEvent } from "../log/log.js";
import { missingEngine } from "../shared/missing-engine.js";
import { RequestAuthentication } from "./authentication.js";
import { answerError } from "./error-answer.js";
import { addHealthRoutes, addOperationRoutes, type CollectorHealth } from "./health.js";
import { createListener } from "./listener.js";
import { addLoginRoutes, newLoginLink } from "./login.js";
import { addPage } from "./page.js";
import { type Answers, addAdminRoutes, addApiRoutes } from "./routes.js";
import { proofOf } from "./secret.js";
import { Sessions } from "./sessions.js";
import { Certificate, type TlsFiles } from "./tls.js";
import { validators } from "./validators.js";

export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  /** By which clients may call this host, besides its own name. */
  readonly names: readonly string[];
  readonly tls?: TlsFiles | undefined;
}

export interface HttpServer {
  readonly app: FastifyInstance;
  readonly authentication: RequestAuthentication;
  /** `http://HOST:PORT`, or `https:` */
  readonly url: string;
  /** A link that lets a browser in, once. */
  readonly newLoginLink: () => string;
  /** Undefined without TLS. */
  readonly certificate: Certificate | undefined;
  readonly close: () => Promise<void>;
}

/** Orders are small, and other requests have no bodies. */
const BODY_LIMIT = 8192;
/**
 * For every answer. No Strict-Transport-Security: it would bind all ports of the host's name, other people's servers too.
 */
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** The HTTP side of the collector. */
export async function startHttp(
  options: HttpOptions,
  token: string,
  answers: Answers & CollectorHealth,
  log: LogEvent,
): Promise<HttpServer> {
  const { default: fastify } = await import("fastify").catch((cause) => {
    throw missingEngine("fastify", cause);
  });
  const certificate =
    options.tls === undefined
      ? undefined
      : new Certificate(options.tls, (sentence) => log("certificate-unusable", sentence));
  const sessions = new Sessions();
  const authentication = new RequestAuthentication({
    token,
    sessions,
    names: options.names,
    secure: certificate !== undefined,
  });
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 4096 },
    serverFactory: (handler) => createListener(handler, certificate),
    schemaController: { compilersFactory: { buildValidator: await validators() } },
  });
  app.server.on("connection", (socket) => authentication.unauthenticated.arrived(socket));

  app.setErrorHandler((error: FastifyError | OgrtError, request, reply) => {
    const { status, headers, body } = answerError(error, request.routeOptions.url, log);
    return reply.code(status).headers(headers).send(body);
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS);
    authentication.checkSource(request.raw);
  });
  const page = addPage(app);
  app.setNotFoundHandler((request, reply) => {
    // People get the page, which says so and shows where else to go.
    if (request.method === "GET" && request.headers.accept?.includes("text/html")) {
      return page.send(request, reply.code(404));
    }
    throw new OgrtError("NOT_FOUND", "there is nothing here", { value: request.url });
  });
  addHealthRoutes(app, answers, (nonce, port) => proofOf(token, nonce, port));
  addLoginRoutes(app, authentication, sessions, page);
  await app.register(async (guarded) => {
    guarded.addHook("onRequest", async (request) => authentication.checkToken(request.raw));
    addOperationRoutes(guarded, answers);
    addApiRoutes(guarded, answers);
    await guarded.register(async (orders) => addAdminRoutes(orders, answers));
  });

  const { host, port } = options;
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    const sentence = `cannot listen on http ${host}:${port}: ${(cause as Error).message}`;
    throw new OgrtError("ADDRESS_UNAVAILABLE", sentence, { cause });
  }
  certificate?.serve(app.server as unknown as TlsServer);
  const bound = app.server.address();
  if (bound === null || typeof bound === "string") throw new Error("an HTTP server without a port");
  const scheme = certificate === undefined ? "http" : "https";
  const url = `${scheme}://${host.includes(":") ? `[${host}]` : host}:${bound.port}`;
  return {
    app,
    authentication,
    url,
    newLoginLink: () => newLoginLink(sessions, url).url,
    certificate,
    close: async () => {
      certificate?.close();
      await app.close();
    },
  };
}
