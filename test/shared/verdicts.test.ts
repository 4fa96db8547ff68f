import { expect, it } from "vitest";
import { VERDICT_SEVERITY, VERDICTS } from "../../lib/shared/verdicts.js";
import document from "../../proto/openapi.json" with { type: "json" };

it("every verdict that asks for attention can be selected among the odd objects", () => {
  const parameter = document.paths["/api/v1/odd/objects"].get.parameters.find(({ name }) => name === "verdict");
  const expected = VERDICTS.filter((verdict) => VERDICT_SEVERITY[verdict] !== "fine");
  expect(new Set(parameter?.schema?.enum)).toEqual(new Set([...expected, "conflict"]));
});
