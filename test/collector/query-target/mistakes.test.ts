import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const query = (...words: string[]) => tool("ogrt-query", ...words);

mkdirSync(at("empty"));
writeFileSync(at("file"), "");

describe("ogrt-query without a store", () => {
  it.each([
    ["no directory", "missing", "there is no data directory"],
    ["no store in it", "empty", "there is no store"],
    ["a file", "file", "a part of the path is not a directory"],
  ])("says what is missing: %s", (_, directory, sentence) => {
    const { status, stdout, stderr } = query("--data", at(directory), "jobs");
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^ogrt-query: ${folder}[^\n]*: [^\n]*${sentence}[^\n]*\n$`));
  });
});

describe("a wrong command", () => {
  it.each([
    ["afected x", "unknown command 'afected'; did you mean affected?"],
    ["job7", "unknown command 'job7'; did you mean jobs?"],
    ["--follow --user alice proceses", "unknown command 'proceses'; did you mean processes?"],
    ["coverage hosst", "unknown command 'hosst'; did you mean hosts?"],
    ["quux", "unknown command 'quux'"],
    ["processes x", "too many arguments: 'x'"],
    ["--follow jobs", "the options of 'jobs' must come after its name"],
  ])("is named: %s", (line, sentence) => {
    const { status, stderr } = query(...line.split(" "));
    expect(status).toBe(2);
    expect(stderr.split("\n")[0]).toBe(`error: ${sentence}`);
  });

  it("is named in a group without a default command", () => {
    expect(query("unused", "bilds").stderr).toMatch(/^error: unknown command 'bilds'\n\(Did you mean builds\?\)\n/);
  });
});
