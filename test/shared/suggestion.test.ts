import { describe, expect, it } from "vitest";
import { didYouMean } from "../../lib/shared/suggestion.js";

describe("didYouMean", () => {
  const commands = ["job", "jobs", "affected", "overview"];

  it.each([
    ["jbo", "; did you mean job?"],
    ["jobss", "; did you mean jobs?"],
    ["afected", "; did you mean affected?"],
    ["overveiw", "; did you mean overview?"],
    ["xyz", ""],
    ["j", ""],
    ["", ""],
  ])("names the command nearest to %j", (word, suggestion) => {
    expect(didYouMean(word, commands)).toBe(suggestion);
  });
});
