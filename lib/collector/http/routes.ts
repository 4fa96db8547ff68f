import type { FastifyInstance } from "fastify";
import type { Answer, Input, OperationName } from "../../client/index.js";
import type { QuestionAnswer, QuestionRequest } from "../answers/registry.js";
import { API_ROUTES, type ApiRoute, document, QUESTION_NAMES } from "./openapi.js";

/** An operation that an administrator requests of a running collector. */
export type AdminOperation =
  | { readonly name: "backup" | "export"; readonly file: string }
  | { readonly name: "forget"; readonly user: string; readonly dryRun: boolean }
  | { readonly name: "verify" };

export type AdminResult = Answer<"backup" | "export" | "forget" | "verify">;

/** The parts of the collector behind the routes. */
export interface Answers {
  readonly query: (request: QuestionRequest) => Promise<QuestionAnswer>;
  readonly perform: (operation: AdminOperation) => Promise<AdminResult>;
}

/** A list of 100,000 jobs, the longest request, is smaller. */
const MAX_QUESTION_BYTES = 16 * 1024 * 1024;

export function addApiRoutes(app: FastifyInstance, answers: Answers): void {
  app.get("/api/v1/openapi.json", () => document);
  for (const name of QUESTION_NAMES) {
    app.route({
      ...routeOf(name),
      bodyLimit: MAX_QUESTION_BYTES,
      handler: ({ query, params, body }) =>
        answers.query({
          name,
          input: { ...(query as object), ...(params as object), ...(body as object) },
        } as QuestionRequest),
    });
  }
}

/** Admin operations. Each answers when it is complete, without a time limit. */
export function addAdminRoutes(app: FastifyInstance, answers: Answers): void {
  app.addHook("preHandler", async ({ raw }) => {
    raw.socket.setTimeout(0);
  });
  for (const name of ["backup", "export"] as const) {
    app.post<{ Body: { name: string } }>(routeOf(name).url, routeOf(name), ({ body }) =>
      answers.perform({ name, file: body.name }),
    );
  }
  app.post<{ Body: Input<"forget"> }>(routeOf("forget").url, routeOf("forget"), ({ body: { user, dryRun = false } }) =>
    answers.perform({ name: "forget", user, dryRun }),
  );
  app.post(routeOf("verify").url, () => answers.perform({ name: "verify" }));
}

function routeOf(name: OperationName): ApiRoute {
  const route = API_ROUTES.get(name);
  if (route === undefined) throw new Error(`${name} is not in the OpenAPI file`);
  return route;
}
