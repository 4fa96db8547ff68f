import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DEFAULT_RULES, readEnvironmentRules } from "../../../lib/collector/answers/environment-rules.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
const file = (content: object) => {
  const path = join(folder, "rules.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const rule = { name: "own", description: "own", variable: "A", oddWhen: "matches", pattern: "(?i)^x" };

it("adds a site's rules to the built-in ones, or puts them in their place", async () => {
  expect(await readEnvironmentRules(file({ rules: [rule] }))).toEqual([...DEFAULT_RULES, rule]);
  expect(await readEnvironmentRules(file({ defaults: false, rules: [rule] }))).toEqual([rule]);
});

it("refuses patterns that the engine would refuse at every answer", async () => {
  for (const pattern of ["(", "(?=x)", "\\1", "a{2000}"]) {
    const path = file({ rules: [rule, { ...rule, pattern }] });
    await expect(readEnvironmentRules(path)).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
      value: "rules[1]",
      path,
    });
  }
});

it("refuses what is no rule", async () => {
  for (const wrong of [
    { rules: {} },
    { rules: [1] },
    { rules: [{ ...rule, extra: 1 }] },
    { rules: [{ ...rule, oddWhen: "x" }] },
  ]) {
    await expect(readEnvironmentRules(file(wrong))).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
  }
});
