import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createStamp, stampAssembly } from "../../lib/stamp/index.js";

/** Runs a tool and returns its output. Throws with its stderr if it fails. */
export function run(tool: string, ...args: string[]): string {
  return execFileSync(tool, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 64 << 20 });
}

/** Whether a tool is installed. */
export function have(tool: string): boolean {
  return spawnSync(tool, ["--version"], { stdio: "ignore" }).error === undefined;
}

/** Writes the assembly of a stamp into `folder` and returns its path. */
export function stampFile(folder: string, name: string, uuid: string): string {
  const path = join(folder, name);
  writeFileSync(path, stampAssembly(createStamp({ uuid })));
  return path;
}

/** Writes a source file into `folder` and returns its path. */
export function source(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A random UUID for a test's stamp. */
export const freshUuid = (): string => createStamp().uuid;
