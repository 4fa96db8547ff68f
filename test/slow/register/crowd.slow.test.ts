import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadRegister } from "../../../lib/register/index.js";
import { temporaryFolder } from "../../support/folder.js";
import { toolPath } from "../../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

it("a register loses no entry when a hundred processes register at once", async () => {
  mkdirSync(at("crowd"));
  const stampOnce = () =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, [toolPath("ogrt-stamp"), "--json", "--register", at("crowd")]);
      let text = "";
      child.stdout.on("data", (piece) => {
        text += piece;
      });
      child.on("error", reject);
      child.on("close", (status) => (status === 0 ? resolve(JSON.parse(text).uuid) : reject(new Error(`${status}`))));
    });
  const made: string[] = [];
  for (let round = 0; round < 5; round++) {
    made.push(...(await Promise.all(Array.from({ length: 20 }, stampOnce))));
  }
  const problems: unknown[] = [];
  const register = loadRegister(at("crowd"), { onProblem: (problem) => problems.push(problem) });
  expect(problems).toEqual([]);
  expect(register.size).toBe(100);
  expect(made.every((one) => register.entries(one).length === 1)).toBe(true);
});
