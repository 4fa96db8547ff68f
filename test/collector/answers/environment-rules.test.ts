import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readEnvironmentRules } from "../../../lib/collector/answers/environment-rules.js";
import { DEFAULT_SETTINGS } from "../../../lib/collector/answers/settings.js";
import { type Connection, type Instance, openInstance } from "../../../lib/collector/database/engine.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
const file = (content: object) => {
  const path = join(folder, "rules.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
};
let instance: Instance;
let connection: Connection;
beforeAll(async () => {
  instance = await openInstance(":memory:", "READ_WRITE");
  connection = await instance.connect();
});
afterAll(() => instance.closeSync());

const rule = { name: "own", description: "own", variable: "A", oddWhen: "matches", pattern: "(?i)^x" };

it("adds a site's rules to the built-in ones, or replaces them", async () => {
  expect(await readEnvironmentRules(connection, file({ rules: [rule] }))).toEqual([
    ...DEFAULT_SETTINGS.environmentRules,
    rule,
  ]);
  expect(await readEnvironmentRules(connection, file({ defaults: false, rules: [rule] }))).toEqual([rule]);
});

it("refuses patterns that the engine does not accept", async () => {
  for (const pattern of ["(", "(?=x)", "\\1", "a{2000}"]) {
    const path = file({ rules: [rule, { ...rule, pattern }] });
    await expect(readEnvironmentRules(connection, path)).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
      value: "rules[1]",
      path,
    });
  }
});

it("refuses invalid rules", async () => {
  for (const wrong of [
    { rules: {} },
    { rules: [1] },
    { rules: [{ ...rule, extra: 1 }] },
    { rules: [{ ...rule, oddWhen: "x" }] },
  ]) {
    await expect(readEnvironmentRules(connection, file(wrong))).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
  }
});
