import { execFileSync } from "node:child_process";
import { join } from "node:path";

export const folder = join(import.meta.dirname, "../../../native-preload");

/** The library as `make` builds it; a no-op when it is up to date. */
export function builtLibrary(): string {
  execFileSync("make", ["-s", "-C", folder], { stdio: ["ignore", "ignore", "pipe"] });
  return join(folder, "build/libogrt.so");
}

/** A library with other settings, in a folder of its own: `variant(folder, "OGRT_COMPAT=0.5")`. */
export function variant(target: string, ...settings: string[]): string {
  execFileSync("make", ["-s", "-C", folder, `BUILD=${target}`, ...settings], { stdio: ["ignore", "ignore", "pipe"] });
  return join(target, "libogrt.so");
}
