import type { FastifyInstance } from "fastify";
import { OgrtError } from "../../errors.js";
import { canonicalUuid } from "../../signature/index.js";
import type { Done, Order } from "../maintenance.js";
import type { Answer, QueryRequest } from "../store/queries.js";

/** What the routes answer from. */
export interface Answers {
  readonly query: (request: QueryRequest) => Promise<Answer>;
  readonly perform: (order: Order) => Promise<Done>;
}

const limit = { type: "integer", minimum: 1, maximum: 1000, default: 100 } as const;
// Job ids are the scheduler's (or a hostile sender's) business: any text.
const text = { type: "string", minLength: 1, maxLength: 4096 } as const;

export function addApiRoutes(app: FastifyInstance, answers: Answers): void {
  app.get<{ Querystring: { job?: string; user?: string; host?: string; limit: number } }>(
    "/api/v1/processes",
    { schema: { querystring: object({ job: text, user: text, host: text, limit }) } },
    ({ query }) => answers.query({ name: "processes", parameters: query }),
  );

  // Ids as `..` do not survive in a path: clients resolve them.
  app.get<{ Querystring: { id: string; limit: number } }>(
    "/api/v1/job",
    { schema: { querystring: object({ id: text, limit }, ["id"]) } },
    ({ query }) => answers.query({ name: "job", parameters: { job: query.id, limit: query.limit } }),
  );

  app.get<{ Params: { job: string }; Querystring: { limit: number } }>(
    "/api/v1/jobs/:job",
    { schema: { params: object({ job: text }, ["job"]), querystring: object({ limit }) } },
    ({ params, query }) => answers.query({ name: "job", parameters: { job: params.job, limit: query.limit } }),
  );

  app.get<{ Params: { signature: string }; Querystring: { limit: number } }>(
    "/api/v1/signatures/:signature/jobs",
    { schema: { params: object({ signature: text }, ["signature"]), querystring: object({ limit }) } },
    ({ params, query }) => {
      const signature = canonicalUuid(params.signature);
      if (signature === undefined) {
        throw new OgrtError("INVALID_PARAMETER", "signature must be a UUID of 36 characters", { value: "signature" });
      }
      return answers.query({ name: "signatureJobs", parameters: { signature, limit: query.limit } });
    },
  );
}

/** What changes something; each answers when it is done, however long that takes. */
export function addOrderRoutes(app: FastifyInstance, answers: Answers): void {
  app.addHook("preHandler", async ({ raw }) => {
    raw.socket.setTimeout(0);
  });
  const named = { schema: { body: object({ name: text }, ["name"]) } };
  app.post<{ Body: { name: string } }>("/api/v1/backups", named, ({ body }) =>
    answers.perform({ name: "backup", file: body.name }),
  );
  app.post<{ Body: { name: string } }>("/api/v1/exports", named, ({ body }) =>
    answers.perform({ name: "export", file: body.name }),
  );
  app.post<{ Body: { user: string } }>(
    "/api/v1/forget",
    { schema: { body: object({ user: text }, ["user"]) } },
    ({ body }) => answers.perform({ name: "forget", user: body.user }),
  );
  app.post("/api/v1/verify", () => answers.perform({ name: "verify" }));
}

/** JSON Schema of parameters; what is not listed is refused rather than passed over. */
function object(properties: Record<string, object>, required: string[] = []): object {
  return { type: "object", properties, required, additionalProperties: false };
}
