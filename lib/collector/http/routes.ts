import type { FastifyInstance } from "fastify";
import type { OperationName } from "../../client/index.js";
import { QUESTION_NAMES, type QuestionAnswer, type QuestionRequest } from "../answers/registry.js";
import type { AdminOperation, AdminResult } from "./admin-operation.js";
import { API_ROUTES, type ApiRoute, document } from "./openapi.js";

/** What the routes answer from. */
export interface Answers {
  readonly query: (request: QuestionRequest) => Promise<QuestionAnswer>;
  readonly perform: (order: AdminOperation) => Promise<AdminResult>;
}

/** Bytes of a request with a list of 100,000 jobs, with room. */
const LIST_LIMIT = 16 * 1024 * 1024;

export function addApiRoutes(app: FastifyInstance, answers: Answers): void {
  app.get("/api/v1/openapi.json", () => document);
  for (const name of QUESTION_NAMES) {
    app.route({
      ...routeOf(name),
      // A list of jobs is longer than any other request.
      bodyLimit: LIST_LIMIT,
      handler: ({ query, params, body }) =>
        answers.query({
          name,
          input: { ...(query as object), ...(params as object), ...(body as object) },
        } as QuestionRequest),
    });
  }
}

/** What changes something; each answers when it is done, however long that takes. */
export function addAdminRoutes(app: FastifyInstance, answers: Answers): void {
  app.addHook("preHandler", async ({ raw }) => {
    raw.socket.setTimeout(0);
  });
  app.post<{ Body: { name: string } }>(routeOf("backup").url, routeOf("backup"), ({ body }) =>
    answers.perform({ name: "backup", file: body.name }),
  );
  app.post<{ Body: { name: string } }>(routeOf("export").url, routeOf("export"), ({ body }) =>
    answers.perform({ name: "export", file: body.name }),
  );
  app.post<{ Body: { user: string } }>(routeOf("forget").url, routeOf("forget"), ({ body }) =>
    answers.perform({ name: "forget", user: body.user }),
  );
  app.post(routeOf("verify").url, () => answers.perform({ name: "verify" }));
}

function routeOf(name: OperationName): ApiRoute {
  const route = API_ROUTES.get(name);
  if (route === undefined) throw new Error(`${name} is not in the OpenAPI file`);
  return route;
}
