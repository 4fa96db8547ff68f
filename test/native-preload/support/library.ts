import { execFileSync } from "node:child_process";
import { join } from "node:path";

export const folder = join(import.meta.dirname, "../../../native-preload");

/** Builds the library with default settings if it is not up to date. */
export function builtLibrary(): string {
  execFileSync("make", ["-s", "-C", folder], { stdio: ["ignore", "ignore", "pipe"] });
  return join(folder, "build/libogrt.so");
}

/** Builds a library with other settings in `target`: `variant(folder, "OGRT_COMPAT=0.5")`. */
export function variant(target: string, ...settings: string[]): string {
  execFileSync("make", ["-s", "-C", folder, `BUILD=${target}`, ...settings], { stdio: ["ignore", "ignore", "pipe"] });
  return join(target, "libogrt.so");
}
