import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** Path of a built tool, as npm would link it. */
export const toolPath = (name: string): string => join(root, "dist/bin", `${name}.js`);

/** Runs one of our built tools to its end. */
export function tool(name: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [toolPath(name), ...args], { encoding: "utf8", timeout: 60_000 });
}
