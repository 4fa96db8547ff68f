import type { Server as TlsServer } from "node:tls";
import type { FastifyError, FastifyInstance, FastifyRequest } from "fastify";
import { OgrtError } from "../../errors.js";
import type { LogEvent } from "../log/log.js";
import { optional } from "../shared/optional.js";
import { addressUnavailable } from "../shared/unavailable.js";
import { RequestAuthentication } from "./authentication.js";
import { compressAnswers } from "./compression.js";
import { answerError } from "./error-answer.js";
import { addHealthRoutes, addStatusRoutes, type CollectorHealth } from "./health.js";
import { createListener } from "./listener.js";
import { addLoginRoutes, newLoginLink } from "./login.js";
import { addPage } from "./page.js";
import { publicAddress } from "./public-address.js";
import { type Answers, addAdminRoutes, addApiRoutes } from "./routes.js";
import { proofOf } from "./secret.js";
import { Sessions } from "./sessions.js";
import { Certificate, type TlsFiles } from "./tls.js";
import { validators } from "./validators.js";

export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  /** Names by which clients may call this host, besides its own. */
  readonly names: readonly string[];
  readonly tls?: TlsFiles | undefined;
  /** Connections that descriptors leave room for. */
  readonly maxConnections: number;
  /** A connection was refused because there are too many. */
  readonly onRefused: () => void;
}

export interface HttpServer {
  readonly app: FastifyInstance;
  readonly authentication: RequestAuthentication;
  /** `http://HOST:PORT` or `https://HOST:PORT` */
  readonly url: string;
  /** The same with the name that links contain. */
  readonly publicUrl: string;
  /** Makes a link that signs a browser in, once. */
  readonly newLoginLink: () => string;
  /** Undefined without TLS. */
  readonly certificate: Certificate | undefined;
  readonly close: () => Promise<void>;
}

/** Only questions have larger bodies; they set their own limit. */
const MAX_BODY_BYTES = 8192;
const MAX_PATH_PARAMETER_CHARACTERS = 4096;
/**
 * Headers of every answer. Strict-Transport-Security is not among them: it would apply to all ports of the host's name,
 * also to other people's servers.
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

/**
 * Starts the HTTP server of the collector.
 *
 * @throws {@link OgrtError} ADDRESS_UNAVAILABLE or TLS_UNUSABLE.
 */
export async function startHttp(
  options: HttpOptions,
  token: string,
  answers: Answers & CollectorHealth,
  log: LogEvent,
): Promise<HttpServer> {
  const { tls, names, maxConnections } = options;
  const certificate = tls && new Certificate(tls, (sentence) => log("certificate-unusable", sentence));
  const sessions = new Sessions();
  const secure = certificate !== undefined;
  const authentication = new RequestAuthentication({ token, sessions, names, secure, maxConnections });
  const app = await createApp(authentication, certificate, maxConnections, log);
  app.server.on("drop", options.onRefused);
  const sendPage = addPage(app);
  app.setNotFoundHandler((request, reply) => {
    // A browser gets the page, which explains and links to the views.
    if (request.method === "GET" && request.headers.accept?.includes("text/html")) {
      return sendPage(request, reply.code(404));
    }
    throw nothingAt(request, (method, url) => app.hasRoute({ method, url }));
  });
  addHealthRoutes(app, answers, (nonce, port) => proofOf(token, nonce, port));
  const publicAddressOf = (address: string) => publicAddress(address, names, certificate?.leaf);
  addLoginRoutes(app, authentication, sessions, sendPage, publicAddressOf);
  await app.register(async (guarded) => {
    guarded.addHook("onRequest", async (request) => authentication.checkToken(request.raw));
    // Login links, the only answers with a secret, are added above.
    compressAnswers(guarded);
    addStatusRoutes(guarded, answers);
    addApiRoutes(guarded, answers);
    await guarded.register(async (admin) => addAdminRoutes(admin, answers));
  });
  const url = await listen(app, options);
  certificate?.serve(app.server as unknown as TlsServer);
  return {
    app,
    authentication,
    url,
    publicUrl: publicAddressOf(url),
    newLoginLink: () => newLoginLink(sessions, publicAddressOf(url)).url,
    certificate,
    close: async () => {
      certificate?.close();
      await app.close();
    },
  };
}

/** The error for a request that no route takes. */
function nothingAt(
  { method, url }: Pick<FastifyRequest, "method" | "url">,
  isTaken: (method: "GET" | "POST", path: string) => boolean,
): OgrtError {
  const [path = ""] = url.split("?", 1);
  if (path === "/stream" || path === "/ingest") {
    return new OgrtError("BAD_REQUEST", `${path} is a WebSocket: connect to ws:// or wss://`, { value: url });
  }
  const other = (["GET", "POST"] as const).find((candidate) => candidate !== method && isTaken(candidate, path));
  const remedy = other === undefined ? "" : ` for ${method}; it takes ${other}`;
  return new OgrtError("NOT_FOUND", `there is nothing at this address${remedy}`, { value: url });
}

/** The server without its routes: limits, error answers, and the checks that every request must pass. */
async function createApp(
  authentication: RequestAuthentication,
  certificate: Certificate | undefined,
  maxConnections: number,
  log: LogEvent,
): Promise<FastifyInstance> {
  const { default: fastify } = await optional("fastify", import("fastify"));
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PATH_PARAMETER_CHARACTERS },
    serverFactory: (handler) => createListener(handler, certificate, maxConnections),
    schemaController: { compilersFactory: { buildValidator: await validators() } },
  });
  app.server.on("connection", (socket) => authentication.unauthenticated.add(socket));
  app.setErrorHandler((error: FastifyError | OgrtError, request, reply) => {
    const { status, headers, body } = answerError(error, request.routeOptions.url, log);
    return reply.code(status).headers(headers).send(body);
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS);
    authentication.checkSource(request.raw);
  });
  return app;
}

/** Returns the URL of the server. Closes it when it cannot listen. */
async function listen(app: FastifyInstance, { host, port, tls }: HttpOptions): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    throw addressUnavailable({ transport: "http", host, port }, cause as NodeJS.ErrnoException);
  }
  const bound = app.server.address();
  if (bound === null || typeof bound === "string") throw new Error("the HTTP server has no port");
  return `${tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${bound.port}`;
}
