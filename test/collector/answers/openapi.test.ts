import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, expect, it } from "vitest";
import { QUESTION_NAMES } from "../../../lib/collector/answers/registry.js";
import { QUESTION_NAMES as DESCRIBED_QUESTIONS } from "../../../lib/collector/http/openapi.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import document from "../../../proto/openapi.json" with { type: "json" };
import { keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";

/* Beside answers.test.ts: admin operations, and requests that the collector refuses. */

const folder = temporaryFolder();
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, "openapi");

let collector: RunningCollector;
beforeAll(async () => {
  collector = keepCollector(await startCollector(join(folder, "data")));
  await collector.send(encodeMessage(processStart({ user: "eve" })));
  await collector.waitForFrames(1);
});
afterAll(() => collector.stop("SIGKILL"));

async function ask(method: string, path: string, body?: string, token = collector.token) {
  const response = await fetch(new URL(path, collector.where.http), {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, answer: await response.json() };
}

/** How an answer violates the OpenAPI file. */
function faults(pointer: string, answer: unknown): unknown {
  const validate = ajv.getSchema(`openapi#${pointer}`);
  if (validate === undefined) throw new Error(`the OpenAPI file has no ${pointer}`);
  return validate(answer) ? [] : validate.errors;
}

const POSTS: Record<string, object> = {
  backup: { name: "one" },
  export: { name: "one" },
  forget: { user: "eve" },
  verify: {},
  loginLink: {},
  coverageOfJobs: { jobs: [{ job: "1", user: "alice", started: "2026-01-01T00:00:00Z" }, { job: "2" }] },
};

it("the registry has the questions of the OpenAPI file, and no others", () => {
  expect([...QUESTION_NAMES].sort()).toEqual([...DESCRIBED_QUESTIONS].sort());
});

it("admin operations and lists of jobs are answered as the OpenAPI file says", async () => {
  const operations = Object.entries(document.paths as Record<string, { post?: { operationId: string } }>).flatMap(
    ([path, { post }]) => (post === undefined ? [] : [{ path, name: post.operationId }]),
  );
  expect(operations.map(({ name }) => name).sort()).toEqual(Object.keys(POSTS).sort());
  for (const { path, name } of operations) {
    const { status, answer } = await ask("POST", path, JSON.stringify(POSTS[name]));
    const pointer = `/paths/${path.replaceAll("/", "~1")}/post/responses/200/content/application~1json/schema`;
    expect([name, status, faults(pointer, answer)]).toEqual([name, 200, []]);
  }
});

it("a refusal is answered as the OpenAPI file says, with the parameter", async () => {
  const refused: [number, string, string | undefined, ...Parameters<typeof ask>][] = [
    [400, "INVALID_PARAMETER", "since", "GET", "/api/v1/overview?since=yesterday"],
    [400, "INVALID_PARAMETER", "limit", "GET", "/api/v1/jobs?limit=0"],
    [400, "INVALID_PARAMETER", "colour", "GET", "/api/v1/jobs?colour=red"],
    [400, "INVALID_PARAMETER", "cursor", "GET", "/api/v1/jobs?cursor=x"],
    [400, "INVALID_PARAMETER", "text", "GET", "/api/v1/affected"],
    [400, "INVALID_PARAMETER", "name", "POST", "/api/v1/backups", "{}"],
    [400, "INVALID_PARAMETER", "name", "POST", "/api/v1/backups", '{"name":"../x"}'],
    [400, "BAD_REQUEST", undefined, "POST", "/api/v1/forget", "{"],
    [400, "INVALID_PARAMETER", "started", "POST", "/api/v1/coverage/jobs", '{"jobs":[{"job":"1","started":"noon"}]}'],
    [401, "TOKEN_REQUIRED", undefined, "GET", "/api/v1/overview", undefined, "wrong"],
    [404, "NOT_FOUND", undefined, "GET", "/api/v1/nothing"],
    [404, "NOT_FOUND", undefined, "DELETE", "/api/v1/overview"],
  ];
  for (const [status, code, parameter, ...request] of refused) {
    const { status: found, answer } = await ask(...request);
    expect([request, found, answer]).toEqual([
      request,
      status,
      { code, message: expect.stringMatching(/./), ...(parameter !== undefined && { parameter }) },
    ]);
    expect(faults("/components/schemas/Error", answer)).toEqual([]);
  }
});

it.each([
  ["GET", "/api/v1/job", undefined, "id is missing"],
  ["GET", "/api/v1/process?uuid=123", undefined, "uuid must be a UUID"],
  ["GET", "/api/v1/affected?text=", undefined, "text must not be empty"],
  ["GET", "/api/v1/software?by=colour", undefined, "by must be one of runs, users, jobs, cpu"],
  ["GET", "/api/v1/jobs?user=alice&user=bob", undefined, "user must be one string"],
  ["GET", "/stream", undefined, "/stream is a WebSocket: connect to ws:// or wss://"],
  ["POST", "/api/v1/jobs", "{}", "there is nothing at this address for POST; it takes GET"],
  ["POST", "/api/v1/backups", "[]", "the body must be a JSON object"],
])("%s %s is refused in words that say what to send", async (method, path, body, message) => {
  expect((await ask(method, path, body)).answer).toMatchObject({ message });
});

it("a time that cannot be read is answered with the forms that can", async () => {
  const { answer } = await ask("GET", "/api/v1/jobs?until=7d");
  const sentence = 'until must be a date such as 2026-11-22 or a time such as 2026-11-22T08:00:00Z, not "7d"';
  expect(answer).toMatchObject({ message: sentence });
});
