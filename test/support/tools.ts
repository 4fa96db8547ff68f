import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** Path of a built tool. */
export const toolPath = (name: string): string => join(root, "dist/bin", `${name}.js`);

/** Runs a built tool and waits for it. */
export function tool(name: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [toolPath(name), ...args], { encoding: "utf8", timeout: 60_000 });
}
