import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSignatures } from "../../../lib/signature/index.js";
import { run } from "../../support/toolchain.js";
import { root } from "../../support/tools.js";

/** Builds ogrt-ld in `folder` and returns the directory with its links, for PATH or `gcc -B`. */
export function buildWrapper(folder: string): string {
  run("make", "-s", "-C", join(root, "native-ld"), `BUILD=${join(folder, "ogrt-ld")}`);
  return join(folder, "ogrt-ld/bin");
}

export interface Outcome {
  status: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

/** Runs a command in `cwd` with changes to the environment of the test; undefined removes a variable. */
export function launch(cwd: string, command: string[], changes: Record<string, string | undefined> = {}): Outcome {
  const env: Record<string, string | undefined> = { ...process.env, ...changes };
  for (const name of Object.keys(env)) if (env[name] === undefined) delete env[name];
  const [tool = "", ...args] = command;
  const { status, signal, stdout, stderr, error } = spawnSync(tool, args, {
    cwd,
    env,
    encoding: "utf8",
    timeout: 900_000,
  });
  if (error !== undefined) throw error;
  return { status, signal, stdout, stderr };
}

export const uuids = (path: string): string[] => readSignatures(readFileSync(path)).map(({ uuid }) => uuid);
