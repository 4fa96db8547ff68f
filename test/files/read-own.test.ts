import { execFileSync } from "node:child_process";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readOwn } from "../../lib/files/read-own.js";
import { temporaryFolder } from "../support/folder.js";

const at = (name: string) => join(folder, name);
const folder = temporaryFolder();

describe("a file of this program", () => {
  it("is read as far as it may be long, whatever size it claims", () => {
    writeFileSync(at("small"), "state");
    expect(readOwn(at("small"), 100).toString()).toBe("state");
    expect(readOwn(at("small"), 3).toString()).toBe("sta");
    writeFileSync(at("sparse"), "head");
    truncateSync(at("sparse"), 2 ** 40);
    expect(readOwn(at("sparse"), 8)).toEqual(Buffer.from("head\0\0\0\0"));
  });

  it("is no pipe and no directory, on which nothing waits", () => {
    execFileSync("mkfifo", [at("pipe")]);
    mkdirSync(at("directory"));
    for (const name of ["pipe", "directory"]) expect(() => readOwn(at(name), 8)).toThrow("is not a regular file");
    expect(() => readOwn(at("nothing"), 8)).toThrow("ENOENT");
  });
});
