import type { FastifyInstance } from "fastify";
import type { Accounting } from "../frames/ledger.js";
import type { Stats } from "../measure/stats.js";

/** The state of the collector. */
export interface CollectorHealth {
  readonly accounting: () => Accounting & { readonly awaitingVerdicts: number };
  readonly stats: () => Promise<Stats>;
  readonly metrics: { readonly contentType: string; readonly text: () => Promise<string> };
  /** Why the collector is not ready; empty when it is. */
  readonly problems: () => readonly string[];
  /** Faults that do not stop the collector from receiving and answering. */
  readonly warnings: () => readonly string[];
}

const nonceQuery = {
  type: "object",
  properties: { nonce: { type: "string", pattern: "^[\\w-]{16,128}$" } },
  additionalProperties: false,
} as const;

/** Health checks need no token: they reveal nothing about users. */
export function addHealthRoutes(
  app: FastifyInstance,
  { problems, warnings }: CollectorHealth,
  prove: (nonce: string, port: number) => string,
): void {
  const schema = { querystring: nonceQuery };
  app.get<{ Querystring: { nonce?: string } }>("/livez", { schema }, ({ query: { nonce }, socket }) => ({
    status: "alive",
    ...(nonce !== undefined && { proof: prove(nonce, socket.localPort ?? 0) }),
  }));

  app.get("/readyz", (_request, reply) => {
    const found = problems();
    const isReady = found.length === 0;
    const status = isReady ? "ready" : "not ready";
    return reply.code(isReady ? 200 : 503).send({ status, problems: found, warnings: warnings() });
  });
}

/** Counts and durations, which need the token. */
export function addStatusRoutes(app: FastifyInstance, { accounting, stats, metrics }: CollectorHealth): void {
  app.get("/api/v1/accounting", () => accounting());
  app.get("/api/v1/stats", () => stats());
  app.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}
