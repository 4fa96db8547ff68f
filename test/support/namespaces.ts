import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./toolchain.js";

/** Without privileges, a user namespace permits mounts. */
const OWN_NAMESPACE = process.geteuid?.() === 0 ? ["unshare", "--mount"] : ["unshare", "--map-root-user", "--mount"];

/** The command in a mount namespace of its own, in which a shell has run `setup` before. */
export function withMounts(setup: string, command: readonly string[]): string[] {
  return [...OWN_NAMESPACE, "sh", "-c", `${setup} && exec "$@"`, "sh", ...command];
}

/** The command with another root directory. */
export function withRoot(root: string, command: readonly string[]): string[] {
  return withMounts("true", ["chroot", root, ...command]);
}

/** What this machine does not allow or have; tests that need it are skipped aloud. */
export function lacking(): string | undefined {
  const [file = "", ...args] = withMounts("mount -t tmpfs none /mnt", ["true"]);
  return spawnSync(file, args).status === 0 ? undefined : "private mounts (unshare --mount)";
}

/** Copies files into another root directory, with what the loader maps for each, to the same paths. */
export function populateRoot(root: string, files: readonly string[]): void {
  const needed = files.flatMap((file) =>
    Array.from(run("ldd", file).matchAll(/(\/\S+) \(0x/g), ([, path]) => path ?? ""),
  );
  for (const file of new Set([...files, ...needed])) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    copyFileSync(file, join(root, file));
  }
}
