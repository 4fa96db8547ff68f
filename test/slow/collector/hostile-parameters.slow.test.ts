import { join } from "node:path";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { GET_OPERATIONS, neededQuery, parametersOf } from "../../collector/answers/support/operations.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();

const HOSTILE = [
  "'; DROP TABLE process; --",
  "$since",
  "%_\\",
  "\\",
  "*".repeat(500),
  "[a-z]*{",
  "\u0000",
  "𝕏'\"`",
  "-1",
  "1e9",
];

it("no question has a parameter through which a name becomes SQL or an internal error", async () => {
  const collector = await startCollector(join(folder, "data"));
  const records = ["101", "102"].map((job) => processStart({ job, objects: [object("/lib/libnum.so.3")] }));
  await collector.send(...records.map(encodeMessage));
  await collector.waitForFrames(records.length);
  const examples = { uuid: records[0]?.uuid ?? "", first: "101", second: "102", id: "102", text: "num" };
  for (const operation of GET_OPERATIONS) {
    for (const parameter of parametersOf(operation)) {
      for (const text of HOSTILE) {
        const query = neededQuery(operation, examples);
        const path = operation.path.replace("{id}", parameter?.in === "path" ? encodeURIComponent(text) : "102");
        if (parameter?.in === "query") query.set(parameter.name, text);
        const { status } = await collector.get(`${path}?${query}`);
        expect([operation.operationId, parameter?.name, text, [200, 400, 404].includes(status)]).toContain(true);
      }
    }
  }
  expect((await collector.json("/api/v1/overview")).processes).toBe(records.length);
});
