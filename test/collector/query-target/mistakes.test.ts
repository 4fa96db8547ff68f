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
mkdirSync(at("begun"));
writeFileSync(at("begun/ogrt.duckdb"), "");
mkdirSync(at("garbage"));
writeFileSync(at("garbage/ogrt.duckdb"), "not a store\n".repeat(2000));

describe("ogrt-query without a store", () => {
  it.each([
    ["no directory", "missing", "there is no data directory; start ogrt-collector, or"],
    ["no store in it", "empty", "there is no store"],
    ["nothing in the store", "begun", "there is no store"],
    ["a file", "file", "a part of the path is not a directory"],
    ["garbage in the store", "garbage", "the store cannot be opened: the file is not a store of a collector"],
  ])("says what is missing: %s", (_, directory, sentence) => {
    const { status, stdout, stderr } = query("--data", at(directory), "jobs");
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^ogrt-query: ${folder}[^\n]*: [^\n]*${sentence}[^\n]*\n$`));
  });
});

describe("a wrong command", () => {
  it.each([
    ["afected x", "unknown command 'afected'; did you mean affected?"],
    ["jbo 7", "unknown command 'jbo'; did you mean job?"],
    ["job7", "unknown command 'job7'; did you mean jobs?"],
    ["--follow --user alice proceses", "unknown command 'proceses'; did you mean processes?"],
    ["coverage hosst", "unknown command 'hosst'; did you mean hosts?"],
    ["coverage quux", "unknown command 'quux'; 'coverage' has frames, outages, hosts, nodes, jobs"],
    ["unused bilds", "unknown command 'bilds'; did you mean builds?"],
    ["odd libs", "unknown command 'libs'; 'odd' has libraries, environments, objects"],
    ["quux", "unknown command 'quux'"],
    ["processes x", "too many arguments: 'x'"],
    ["--follow jobs", "the options of 'jobs' must come after its name"],
  ])("is named: %s", (line, sentence) => {
    const { status, stderr } = query(...line.split(" "));
    expect(status).toBe(2);
    expect(stderr.split("\n")[0]).toBe(`error: ${sentence}`);
  });
});

describe("a command that is used wrongly", () => {
  it.each([
    ["job", "missing required argument 'id'", "ogrt-query job"],
    ["affected x --by usrs", "Allowed choices are", "ogrt-query affected"],
    ["coverage jobs --fewer x", "expected a whole number", "ogrt-query coverage jobs"],
  ])("names its own help: %s", (line, sentence, command) => {
    const { status, stderr } = query(...line.split(" "));
    expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    expect(stderr.trimEnd().split("\n").at(-1)).toBe(`run '${command} --help' for usage`);
  });

  it.each([
    ["--token-file FILE jobs", "--token-file requires --server"],
    ["--ca-file FILE jobs", "--ca-file requires --server"],
    ["affected x --by jobs --domain example.org", "--domain requires --by users: only users have addresses"],
  ])("refuses an option without effect: %s", (line, sentence) => {
    const { status, stdout, stderr } = query(...line.replace("FILE", at("file")).split(" "));
    expect([status, stdout, stderr]).toEqual([2, "", `ogrt-query: ${sentence}\n`]);
  });
});

describe("--server", () => {
  it.each(["ftp://127.0.0.1", "127.0.0.1:7972", "http://127.0.0.1:7972/page"])("takes no %s", (url) => {
    const { status, stderr } = query("--server", url, "--token-file", at("file"), "jobs");
    expect(status).toBe(2);
    expect(stderr).toBe(
      `ogrt-query: --server is the URL of a collector, such as http://127.0.0.1:7972, not "${url}"\n`,
    );
  });
});
