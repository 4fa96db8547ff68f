import type { FastifyError, FastifyInstance } from "fastify";
import { type ErrorCode, OgrtError } from "../../errors.js";
import { missingEngine } from "../store/engine.js";
import { Doors } from "./doors.js";
import { addLoginRoutes, newLoginLink } from "./login.js";
import { type Answers, addApiRoutes, addOpenRoutes, addOrderRoutes } from "./routes.js";
import { proofOf } from "./secret.js";
import { Sessions } from "./sessions.js";

export interface HttpServer {
  readonly app: FastifyInstance;
  readonly doors: Doors;
  /** `http://HOST:PORT` */
  readonly url: string;
  /** A link that lets a browser in, once. */
  readonly newLoginLink: () => string;
  readonly close: () => Promise<void>;
}

/** Orders are small, and other requests have no bodies. */
const BODY_LIMIT = 8192;
/** WebSockets included, which have limits of their own below this. */
const CONNECTION_LIMIT = 3000;
/** Milliseconds for a whole request to arrive. */
const REQUEST_LIMIT = 10_000;

const STATUS: Partial<Record<ErrorCode, number>> = {
  INVALID_PARAMETER: 400,
  TOKEN_REQUIRED: 401,
  HOST_REFUSED: 403,
  ORIGIN_REFUSED: 403,
  NOT_FOUND: 404,
};

/** The HTTP side of the collector. */
export async function startHttp(
  address: { readonly host: string; readonly port: number; readonly names?: readonly string[] },
  token: string,
  answers: Answers,
): Promise<HttpServer> {
  const { default: fastify } = await import("fastify").catch((cause) => {
    throw missingEngine("fastify", cause);
  });
  const sessions = new Sessions();
  const doors = new Doors(token, sessions, address.names);
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_LIMIT,
    connectionTimeout: REQUEST_LIMIT * 6,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 4096 },
    // Values arrive as text, so they are converted; unknown names are an error, not silently removed.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: false } },
  });
  app.server.maxConnections = CONNECTION_LIMIT;

  app.setErrorHandler((error: FastifyError | OgrtError, _request, reply) => {
    const { status, body } = describe(error);
    if (status >= 500) process.stderr.write(`ogrt-collector: ${error.stack ?? error.message}\n`);
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler(({ url }) => {
    throw new OgrtError("NOT_FOUND", "there is nothing here", { value: url });
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    doors.checkSource(request.raw);
  });
  addOpenRoutes(app, answers, (nonce, port) => proofOf(token, nonce, port));
  addLoginRoutes(app, doors, sessions);
  await app.register(async (guarded) => {
    guarded.addHook("onRequest", async (request) => doors.checkToken(request.raw));
    addApiRoutes(guarded, answers);
    await guarded.register(async (orders) => addOrderRoutes(orders, answers));
  });

  try {
    await app.listen({ host: address.host, port: address.port });
  } catch (cause) {
    await app.close();
    const sentence = `cannot listen on http ${address.host}:${address.port}: ${(cause as Error).message}`;
    throw new OgrtError("ADDRESS_UNAVAILABLE", sentence, { cause });
  }
  const bound = app.server.address();
  if (bound === null || typeof bound === "string") throw new Error("an HTTP server without a port");
  const url = `http://${address.host.includes(":") ? `[${address.host}]` : address.host}:${bound.port}`;
  return {
    app,
    doors,
    url,
    newLoginLink: () => newLoginLink(sessions, url).url,
    close: () => app.close(),
  };
}

/** What a client is told about an error. */
function describe(error: FastifyError | OgrtError): { status: number; body: object } {
  if (error instanceof OgrtError) {
    const { code, message, value } = error;
    const parameter = code === "INVALID_PARAMETER" ? { parameter: value } : {};
    return { status: STATUS[code] ?? 500, body: { code, message, ...parameter } };
  }
  if (error.validation !== undefined) {
    const [problem] = error.validation;
    const { additionalProperty, missingProperty } = problem?.params ?? {};
    const parameter = additionalProperty ?? missingProperty ?? problem?.instancePath.slice(1);
    const fault = additionalProperty !== undefined ? "is not known here" : problem?.message;
    return { status: 400, body: { code: "INVALID_PARAMETER", message: `${parameter} ${fault}`, parameter } };
  }
  const status = error.statusCode ?? 500;
  // What went wrong inside is for the log, not for the client.
  const message = status < 500 ? error.message : "the collector failed to answer";
  return { status, body: { code: status < 500 ? "BAD_REQUEST" : "INTERNAL", message } };
}
