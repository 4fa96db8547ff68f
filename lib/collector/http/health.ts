import type { FastifyInstance } from "fastify";
import type { Accounting } from "../frames/ledger.js";
import type { Stats } from "../measure/stats.js";

/** What tells how the collector itself is. */
export interface CollectorHealth {
  readonly accounting: () => Accounting;
  readonly stats: () => Promise<Stats>;
  readonly metrics: { readonly contentType: string; readonly text: () => Promise<string> };
  /** Why the collector is not ready; empty when it is. */
  readonly problems: () => readonly string[];
  /** What is wrong without keeping it from receiving and answering. */
  readonly warnings: () => readonly string[];
}

const nonceQuery = {
  type: "object",
  properties: { nonce: { type: "string", pattern: "^[\\w-]{16,128}$" } },
  additionalProperties: false,
} as const;

/** Free of the token: they say nothing about anybody. */
export function addHealthRoutes(
  app: FastifyInstance,
  { problems, warnings }: CollectorHealth,
  prove: (nonce: string, port: number) => string,
): void {
  app.get<{ Querystring: { nonce?: string } }>(
    "/livez",
    { schema: { querystring: nonceQuery } },
    ({ query, socket }) => ({
      status: "alive",
      ...(query.nonce !== undefined && { proof: prove(query.nonce, socket.localPort ?? 0) }),
    }),
  );

  app.get("/readyz", (_request, reply) => {
    const found = problems();
    const isReady = found.length === 0;
    const status = isReady ? "ready" : "not ready";
    return reply.code(isReady ? 200 : 503).send({ status, problems: found, warnings: warnings() });
  });
}

/** Counts and durations; with the token. */
export function addOperationRoutes(app: FastifyInstance, { accounting, stats, metrics }: CollectorHealth): void {
  app.get("/api/v1/accounting", () => accounting());
  app.get("/api/v1/stats", () => stats());
  app.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}
